"""Publishing: what the demo publishes, corrects, asks people to, and tells as news."""
