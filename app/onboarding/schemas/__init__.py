"""What onboarding says over HTTP, a file per noun."""
