"""Gifts in kind as JSON."""
