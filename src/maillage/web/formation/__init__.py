"""Training on real law: the cases of one's partnership, answered and explained."""
