"""Notes kept elsewhere, brought into the logbook: tables as services have them, in one transaction."""
