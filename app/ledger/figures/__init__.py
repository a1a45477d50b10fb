"""Figures: what members booked among themselves and by the year; the registers of accounts and funds."""
