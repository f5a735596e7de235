"""The demo's published accounts, for whoever visits without an authenticator application."""
