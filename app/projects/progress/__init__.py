"""Progress of projects: what is measured and reported, what inspections find, and what becomes of it."""
