"""Accounting: the bookkeeper's day."""
