"""Honours as JSON."""
