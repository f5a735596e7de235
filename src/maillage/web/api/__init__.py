"""The JSON interface: same sign-in, same rules, same ledger as the pages."""
