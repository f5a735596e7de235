"""Signing in and out, invitations, one's own account."""
