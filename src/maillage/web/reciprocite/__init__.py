"""Reciprocity of a month between two services: both directions, each thing counted apart."""
