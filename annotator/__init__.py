"""Tag news articles by hand, export the labelled data, review colleagues' annotations."""

__version__ = "0.1.0"
