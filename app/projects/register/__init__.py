"""The register of projects: programmes, projects, who carries them out, and what beneficiaries are told."""
