"""Progress of projects as JSON."""
