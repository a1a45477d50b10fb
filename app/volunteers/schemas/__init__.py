"""What clients say and are told of volunteers."""
