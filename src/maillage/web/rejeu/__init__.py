"""Replay on screen: everyday exchanges under each form, and last year judged again."""
