"""Sites as JSON."""
