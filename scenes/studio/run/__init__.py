"""How it is run: the batch, the worker pool on this machine, Dask, watching."""
