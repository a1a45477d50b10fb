"""HTTP: tools for what comes in and goes out over HTTP, whatever it is about."""
