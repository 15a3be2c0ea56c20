"""What was asked for: the unit of work, the plan, lesson files and their fields."""
