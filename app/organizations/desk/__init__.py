"""Desk: what lies before one person, from every feature: what waits for them and what they were told."""
