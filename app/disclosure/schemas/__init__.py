"""What the public reads, as JSON."""
