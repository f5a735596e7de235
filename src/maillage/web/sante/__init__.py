"""Whether the product can answer, for machines that watch it."""
