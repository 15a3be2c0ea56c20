"""render.py with stand-ins for a catalogue: `python stand_in.py` takes its arguments.

A worker runs this file too, so it knows the same catalogue.
"""

import sys
from importlib import import_module
from pathlib import Path

import scenes

HERE = Path(__file__).resolve().parent


class StandInEntry(scenes.Entry):
    """An entry whose scene is in this folder."""

    @property
    def path(self):
        return HERE / f"{self.module}.py"

    def load(self):
        return getattr(import_module(self.module), self.class_name)


CATALOGUE = tuple(
    StandInEntry(name.lower(), "stand_ins", name)
    for name in (
        *(
            "Calm",
            "Wide",
            "Chatty",
            "Raises",
            "Exits",
            "Dies",
            "Empty",
            "Slow",
            "Moving",
            "Endless",
        ),
        *("Hangs", "Greedy", "Flaky", "Weighs", "Pictured"),
    )
)

if __name__ in ("__main__", "__mp_main__"):
    sys.path[:0] = [str(HERE), str(HERE.parents[1])]
    scenes.CATALOGUE = CATALOGUE

if __name__ == "__main__":
    import render

    render.main()
