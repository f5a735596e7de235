"""The partnership as an object: members, form, clauses and what they change, readings, delays."""
