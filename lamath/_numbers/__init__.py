"""Exact numbers: rational combinations of square roots, and how they are read."""

__all__: list[str] = []
