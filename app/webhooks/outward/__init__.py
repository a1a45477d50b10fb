"""Outward: what happens here, told to subscribers in its order, signed as Standard Webhooks 1.0 say."""
