"""The demo's year before: what members raised in it, and that they reported on it."""
