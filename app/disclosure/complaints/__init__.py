"""Complaints: what somebody finds wrong, looked into by whom it is not about (Charity Law 108)."""
