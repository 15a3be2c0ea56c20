"""The studio: turns scenes into bundles, and bundles into a page."""
