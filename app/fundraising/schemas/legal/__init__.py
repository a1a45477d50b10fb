"""Partners, donation agreements, trusts and registers as JSON."""
