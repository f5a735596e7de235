"""Informing the mayor and the department: what L. 121-6-2 lets be said, and not a word more."""
