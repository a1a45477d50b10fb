"""Retention: how long what is kept, by which text, and what is done when that is over."""
