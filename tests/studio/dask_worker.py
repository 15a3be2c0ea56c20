"""`dask worker` with the stand-ins for a catalogue.

Its nanny, its worker and their pool all run this file.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import stand_in  # noqa: E402

import scenes  # noqa: E402

# Collecting the tests imports this file too, and must leave the catalogue as it is.
if __name__ in ("__main__", "__mp_main__"):
    scenes.CATALOGUE = stand_in.CATALOGUE

if __name__ == "__main__":
    from distributed.cli.dask_worker import main

    main()
