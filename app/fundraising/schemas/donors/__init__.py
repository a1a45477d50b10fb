"""Donors as JSON: what staff read of them, and what they ask."""
