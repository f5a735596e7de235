"""The study's public pages: no account, nothing kept."""
