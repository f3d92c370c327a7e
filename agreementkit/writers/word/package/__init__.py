"""The .docx as a package: read without trust, written in one order with fixed dates, with its properties."""
