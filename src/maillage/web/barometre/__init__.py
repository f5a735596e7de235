"""The barometer: ten questions twice a year, anonymous for good."""
