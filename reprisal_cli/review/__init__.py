"""What changed between two states of the repository, and what a change means."""
