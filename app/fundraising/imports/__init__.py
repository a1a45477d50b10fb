"""Imports: gifts that come in files, each row once."""
