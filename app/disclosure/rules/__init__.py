"""The law as data: which duties have a clock, from when until when, and how their days are counted."""

from app.kit.calendars import workdays

__all__ = ["workdays"]
