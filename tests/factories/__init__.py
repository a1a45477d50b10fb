"""Ready-made rows. Each builder fills in whatever its test does not care about."""
