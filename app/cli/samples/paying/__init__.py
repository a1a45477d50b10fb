"""Paying: what the demo has paid to a village, and sent to a member."""
