"""What the public reads of figures, as JSON."""
