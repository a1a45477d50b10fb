"""Webhooks: the door through which platforms bring gifts."""
