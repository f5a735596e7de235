"""The round: what the previous team asks, where to pass, handing over, what passages brought."""
