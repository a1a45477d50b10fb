"""Kit: tools that know nothing of charity."""
