"""The coordonnateur: the mayor's acts in steps, and the families an act in force lets be read."""
