"""Technical watch: the team tells a desk, the desk answers by a link without account."""
