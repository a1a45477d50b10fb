"""Retention as JSON."""
