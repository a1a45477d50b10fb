"""Books: what an organization's accounts say, as statements and ledgers for staff and for auditors."""
