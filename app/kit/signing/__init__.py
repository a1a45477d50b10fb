"""Signing: keys in two halves, of which one signs and the other verifies."""
