"""Care: what an organization knows of its donors and does for them, and what they ask of it."""
