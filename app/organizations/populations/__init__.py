"""Populations: how many people live in a region on some day, and who says so."""
