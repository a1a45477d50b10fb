"""Naming: who agrees to be named in public, since when, and by what that is known."""
