"""Ratios: an organization's spending and costs of a year against what the law asks of its class."""
