"""Projects: what the money is for."""
