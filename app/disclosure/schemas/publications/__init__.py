"""Publications as JSON: drafts, what was published, and what they say."""
