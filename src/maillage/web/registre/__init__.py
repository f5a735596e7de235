"""The data protection officer's papers on screen."""
