"""Figures: what members booked among themselves, and the registers of accounts and funds."""
