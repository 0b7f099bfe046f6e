"""The articles of the project: their list, and the header above the text."""
