"""Audit: the door through which auditors pull the books."""
