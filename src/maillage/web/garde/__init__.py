"""What the guard of free texts fetches: the installer's first names."""
