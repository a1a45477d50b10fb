"""Projects as the public reads them: what they are, what they cost, who paid, and what came of it."""
