"""Joint projects on screen: one page tells the whole chain."""
