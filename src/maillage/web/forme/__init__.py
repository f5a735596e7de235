"""The form of a partnership and the titles under it: history, what they establish, what they never do."""
