"""What only a laid-out document knows: page numbers, and the PDF."""
