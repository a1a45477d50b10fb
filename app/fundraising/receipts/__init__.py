"""Donation receipts: asked for here, issued and reversed by the finance system."""
