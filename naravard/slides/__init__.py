"""What stands on a slide, and slides in sequence."""
