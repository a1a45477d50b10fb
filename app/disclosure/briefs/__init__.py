"""Briefs: how a federation does in a day, a week, a month, a quarter or a year, on one page."""
