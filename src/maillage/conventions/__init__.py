"""The partnership as an object: members, form, clauses that establish facts, readings."""
