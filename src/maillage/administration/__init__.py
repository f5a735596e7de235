"""What a city changes without code: its territories, services, posts, partnerships, places and words.

Nobody followed is ever read here. What gives or gives back a right, and what erases for good, waits for
a second administrator (S-16); everything else is done at once and kept in the history.
"""
