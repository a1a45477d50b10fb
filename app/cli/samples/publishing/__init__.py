"""Publishing: what the demo publishes, corrects, and tells as news."""
