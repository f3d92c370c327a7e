"""The agreement itself: divisions, tables, signature blocks, contents."""
