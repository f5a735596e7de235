"""Teams that change, on screen: who leaves, and what passes to whom."""
