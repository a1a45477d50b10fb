"""Notes: what people write to explain a year's statements where no book can."""
