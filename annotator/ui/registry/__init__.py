"""The registry in the window: its entries at hand, the list to type in, what links a span to it."""
