"""Requests for access: opened by the service that knows the person, answered by the officer."""
