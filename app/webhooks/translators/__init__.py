"""Translators: one module per way of telling, from a platform's words to gifts."""
