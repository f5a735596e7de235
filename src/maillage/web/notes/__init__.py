"""Notes of both trades, outings, the night's report: no law, no names."""
