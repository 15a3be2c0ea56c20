"""What people and programs see: pages, captions, progress, events."""
