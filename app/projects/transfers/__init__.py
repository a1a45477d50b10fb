"""Transfers: money down the federation, confirmed by both sides, and how much of it reached beneficiaries."""
