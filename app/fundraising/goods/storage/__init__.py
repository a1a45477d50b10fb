"""Storage: where an organization's goods lie, and how they come from one place to another."""
