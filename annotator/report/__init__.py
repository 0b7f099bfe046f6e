"""Figures for people: what a report says, where its charts stand, and how it is written; knows no project."""
