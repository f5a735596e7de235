"""Steering of a partnership: last year replayed under another form, other clauses, other readings."""
