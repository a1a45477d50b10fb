"""What accounting says and hears over HTTP."""
