"""Tag news articles by hand: quotes, sources, claims and more; export the labelled data."""

__version__ = "0.1.0"
