"""The administrator's screens: from an empty installation to a first note, then what a city changes."""
