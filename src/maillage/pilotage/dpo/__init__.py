"""The data protection officer's papers, written from live data: register, impact assessment, agreement."""
