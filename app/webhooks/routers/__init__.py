"""The doors of the webhooks: for operators, and for the platforms themselves."""
