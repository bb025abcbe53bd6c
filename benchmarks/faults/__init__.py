"""What breaks in life, done on purpose and counted: kills, flipped bytes, full disks, wrong clocks. Each file prints its counts as JSON."""
