"""Log lines, their request's reference, and progress bars."""
