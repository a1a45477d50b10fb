"""Assessments: what processing of personal data is for and what it risks, before it is done (PIPL 55)."""
