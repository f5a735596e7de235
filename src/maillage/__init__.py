"""Maillage: the shared workspace of médiation sociale and prévention spécialisée partnerships."""

__version__ = "0.1.0"
