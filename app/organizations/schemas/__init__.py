"""What clients say and hear of organizations and access."""
