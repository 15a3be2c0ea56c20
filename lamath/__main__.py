"""``python -m lamath``: the command line."""

from lamath.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
