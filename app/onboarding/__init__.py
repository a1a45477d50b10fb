"""Onboarding: an association goes live in mid-life, from one workbook whose parts tie or are not taken."""
