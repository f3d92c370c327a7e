"""An organisation's own Word file: opened, examined, mapped, completed, ready for the text."""
