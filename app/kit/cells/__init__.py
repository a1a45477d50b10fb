"""Cells: what people write into the headers and cells of a table, read as values."""
