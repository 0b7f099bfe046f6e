"""Text to records and back: streams in, streams out, no database."""
