"""Tracked changes: what a paragraph's runs are made of, and the marks that say what was inserted, deleted or moved."""
