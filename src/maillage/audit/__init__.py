"""The ledger: append-only, chained by service, pseudonymous, heads signed."""
