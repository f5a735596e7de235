"""Cities compared, what they give each other, and what ours tells."""
