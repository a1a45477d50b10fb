"""Months: what is looked at before a month is closed, its closing by two people, and the year's end."""
