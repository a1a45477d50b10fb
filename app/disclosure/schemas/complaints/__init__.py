"""Complaints as JSON."""
