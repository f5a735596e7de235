"""The ledger, for the data protection officer only."""
