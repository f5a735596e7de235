"""Persons and their agreements. Only the `sharing` room may import this one."""
