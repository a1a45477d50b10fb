"""Beneficiaries as JSON."""
