"""Spreadsheets: workbooks written as a stream, forms to fill in, and what is wrong with one handed in."""
