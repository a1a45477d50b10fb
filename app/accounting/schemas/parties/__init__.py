"""With whom money is exchanged, and on which terms, as JSON."""
