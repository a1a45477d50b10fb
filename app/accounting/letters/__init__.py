"""Letters: an organization's agreements, thanks and confirmations, from its own texts with merge fields."""
