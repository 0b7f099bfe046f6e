"""How well people agree, over the whole window: charts, tables, and the way to the differences behind each."""
