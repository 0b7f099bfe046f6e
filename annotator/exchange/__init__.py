"""Packages: the files colleagues exchange; bytes and lines only, no project."""
