"""Statements: the three of the law, line by line as data, each with the proofs that it ties."""
