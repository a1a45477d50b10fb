"""What is on its way between bank and books, or waits for somebody, as JSON."""
