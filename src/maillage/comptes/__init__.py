"""Who may come in: accounts, invitations, and the acting professional of a request."""
