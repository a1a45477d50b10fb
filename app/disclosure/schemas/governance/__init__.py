"""Governance as JSON."""
