"""The spans of the shown article: the focused one, and all as a table."""
