"""Settlements: what a platform's bill says, and what becomes of it."""
