"""Parties: with whom money is exchanged, by which agreement, and on which terms."""
