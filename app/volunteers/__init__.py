"""Volunteers: who gives time."""
