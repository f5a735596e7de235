"""Standing coordination: what waits, by service; reminders; the contact book. Nobody followed."""
