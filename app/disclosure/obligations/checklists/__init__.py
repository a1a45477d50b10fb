"""Checklists: what must be told of an obligation, and what of it our data can fill."""
