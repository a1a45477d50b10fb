"""The ledger: books in double entry, and where every fen went."""
