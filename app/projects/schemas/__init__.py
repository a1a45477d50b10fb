"""Projects as JSON."""
