"""Bank: statements, what their lines are, and how they agree with the books."""
