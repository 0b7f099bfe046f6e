"""The text of an article with its spans: layout, painting, caret, selection."""
