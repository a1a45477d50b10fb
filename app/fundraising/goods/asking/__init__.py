"""Asking: hand-outs that are worth so much that others decide them first."""
