"""Requests for access (RGPD 15): what is held, what waits for a decision, what is answered."""
