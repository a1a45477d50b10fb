"""Open data: what the public reads, as whole files with a dictionary of their columns."""
