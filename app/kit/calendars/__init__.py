"""Calendars: how days are counted, and which of them are worked."""
