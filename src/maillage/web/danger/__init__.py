"""Danger: the numbers, the department, and the bare fact of having passed it on."""
