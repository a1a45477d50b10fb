"""Budgets of projects: what they plan to spend, beside what the books say, and what is left over."""
