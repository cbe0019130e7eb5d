"""What a room answers in a workshop, and what it came to."""
