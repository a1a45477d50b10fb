"""Ledgers: the general ledger, the detail ledger and the chronicle of an organization."""
