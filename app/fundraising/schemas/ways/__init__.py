"""What ways of giving say over HTTP."""
