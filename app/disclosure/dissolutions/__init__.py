"""Dissolutions: an organization ends, is wound up, and what it leaves goes to a like one."""
