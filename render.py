"""Render clips: the command line."""
