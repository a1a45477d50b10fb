"""What people said of being named, as JSON."""
