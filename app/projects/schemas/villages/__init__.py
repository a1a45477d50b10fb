"""Happy Home villages as JSON."""
