"""Review: the page on which differences between readings are settled."""
