"""Disclosure: what the public may read."""
