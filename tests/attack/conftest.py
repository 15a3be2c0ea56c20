"""Only the sample is a test; what it starts would load Manim into this process."""

collect_ignore_glob = ["[!t]*.py"]
