"""Vouchers: what a bookkeeper writes down (记账凭证), who looked at it, and how it enters the books."""
