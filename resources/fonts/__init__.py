"""The font for reading, under the licence beside it."""
