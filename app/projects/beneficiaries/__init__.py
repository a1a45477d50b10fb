"""Beneficiaries: people, households and groups who are helped, what they received, and how many they are."""
