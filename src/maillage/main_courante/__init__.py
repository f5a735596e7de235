"""Notes of both trades and news of places: nobody is ever named here."""
