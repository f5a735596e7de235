"""The law in plain words: every rule, text and open question on its own page, without an account."""
