"""Visitors: people of the public who sign in through a front end, each one person in every feature."""
