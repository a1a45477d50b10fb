"""Publications: what the law wants published, compiled from the books, reviewed, and never changed again."""
