"""Goods: gifts in kind, from the day they come in to the hands that they are meant for."""
