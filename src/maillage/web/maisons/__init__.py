"""The desk of a house that both services share."""
