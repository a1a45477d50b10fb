"""Impact assessments as JSON."""
