"""Budgets of projects as JSON."""
