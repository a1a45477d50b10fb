"""Certificates, plans and their filing as JSON."""
