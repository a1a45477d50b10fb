"""Obligations: what is owed by the rules, made from what has happened, and what was done about it."""
