"""Site: the public page, the account book as a person reads it."""
