"""Who may see what, said three times apart: the product, `rules.py`, `policy.cedar`."""
