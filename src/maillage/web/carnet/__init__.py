"""The field's notebook: an application for the telephone that works without a network and loses nothing."""
