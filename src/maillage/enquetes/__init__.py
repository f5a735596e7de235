"""Surveys of both trades: the barometer, anonymous for good."""
