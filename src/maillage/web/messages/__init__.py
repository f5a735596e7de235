"""News of places between teams, and the card given: nothing about a person."""
