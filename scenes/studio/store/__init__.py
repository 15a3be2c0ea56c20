"""What is kept: results, bundles, cache keys, what is due, the lock."""
