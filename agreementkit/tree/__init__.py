"""The document tree: node kinds (`nodes`), going through it (`walk`), reading and writing it as JSON (`codec`)."""
