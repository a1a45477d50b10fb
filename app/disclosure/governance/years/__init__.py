"""Years: what is recorded of a year when it is over: pay, the audit, cooperation abroad."""
