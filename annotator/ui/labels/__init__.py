"""The labels of the scheme, each with its key."""
