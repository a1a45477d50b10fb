"""Filings: what the law asks before a campaign may ask the public, and while it does."""
