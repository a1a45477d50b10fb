"""Sittings: when the bodies meet."""
