"""Aid cases as JSON."""
