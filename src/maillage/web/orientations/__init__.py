"""Orientations: five spoken questions beside their law, then two faces of one same sending."""
