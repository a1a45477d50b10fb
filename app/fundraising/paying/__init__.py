"""Paying: what a payment platform needs to collect an order, and how it is asked."""
