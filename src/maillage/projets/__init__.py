"""Joint projects, from a signal to a result."""
