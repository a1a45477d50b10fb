"""Calendars: what is owed, as files that calendar programs read."""
