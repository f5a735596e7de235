"""Teams that change: contracts, departures, arrivals, training."""
