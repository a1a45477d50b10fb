"""What is said and heard of vouchers over HTTP, and of what hangs on them."""
