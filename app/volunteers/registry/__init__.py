"""Registry: how a person is told from every other, what they agreed to, and how they sign in."""
