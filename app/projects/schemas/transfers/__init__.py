"""Transfers between members as JSON."""
