"""The law knows no database: its tests, proofs included, run once, with the SQLite half of the suite."""

import os

collect_ignore_glob = ["test_*", "*/test_*"] if os.environ.get("DATABASE_URL") else []
