"""The person's own card: who was told what, and a way to stop, in their language."""
