"""What fundraising says and hears over HTTP."""
