"""Settings, root addresses and the checks made before serving."""
