"""Persons: how anybody is told from everybody else by a document, and who speaks for a child."""
