"""Workbooks that somebody else wrote: how they are opened, and what in them can't be read."""
