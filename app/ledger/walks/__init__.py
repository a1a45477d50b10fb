"""Walks: how fen are followed through the books, one step of many walks at once."""
