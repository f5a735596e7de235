"""The ledger: append-only, chained by service, pseudonymous, heads signed."""

from uuid import UUID

PLATEFORME = UUID("00000000-0000-4000-8000-000000000000")
"""The chain of acts that belong to no service: refused sign-ins, accounts, key changes."""
