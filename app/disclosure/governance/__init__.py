"""Governance: who decides, carries out and supervises in an organization, and by which charter."""
