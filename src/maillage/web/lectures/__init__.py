"""Open questions, adopted in writing: two readings side by side, what turns on them, three signatures."""
