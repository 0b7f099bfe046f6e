"""Actions as small functions that return a Step, and the workspace that does them."""
