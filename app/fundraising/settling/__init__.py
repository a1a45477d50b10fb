"""Settling: what a platform says it collected for us, held against what the books say."""
