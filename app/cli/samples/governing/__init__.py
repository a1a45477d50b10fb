"""Governing: who governs the demo's associations."""
