"""The living style page: every component of the design system, in a demonstration only."""
