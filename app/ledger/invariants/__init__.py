"""Invariants: what must be true of the books, each as the query that finds what breaks it."""
