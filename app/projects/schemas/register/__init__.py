"""The register of projects as JSON."""
