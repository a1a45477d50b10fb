"""Imports: lists of goods that were kept elsewhere, each of their rows accounted for."""
