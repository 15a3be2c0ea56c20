"""Linear algebra for teaching: exact results, and the paths that motion follows."""
