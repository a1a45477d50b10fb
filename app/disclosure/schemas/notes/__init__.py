"""Notes to the statements, as JSON."""
