"""Running an installation: backups and their proof, keys, health, the day's unattended work."""
