"""Review: what several people's readings of an article have in common, and where they differ."""
