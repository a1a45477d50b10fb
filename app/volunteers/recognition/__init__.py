"""Recognition: what long service is called, and the papers that tell of it."""
