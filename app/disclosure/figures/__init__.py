"""Figures: what an organization did in a year, as it tells the public, each defined and made of parts."""
