"""Bodies about net assets: decisions, and what funds owe."""
