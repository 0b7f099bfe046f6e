"""Pure values and rules of the trade: standard library only, no database, no window."""
