"""The public log: what is published can be verified by strangers."""
