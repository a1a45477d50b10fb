"""Projects as the public reads them, as JSON."""
