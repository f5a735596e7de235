"""The two trades, one page each; the kit of a meeting; the days when one watches the other work."""
