"""What auditors say and hear over HTTP, by door."""
