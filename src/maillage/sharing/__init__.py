"""The only door to personal information: facts, verdict, openings, ledger line."""
