"""Cities compared without a ranking: signed bundles of masked aggregates."""
