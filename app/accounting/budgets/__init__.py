"""Budgets: what an organization means to take in and spend in a year, and what became of it."""
