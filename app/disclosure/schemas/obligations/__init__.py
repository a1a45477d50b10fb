"""Rules, obligations and what was done about them, as JSON."""
