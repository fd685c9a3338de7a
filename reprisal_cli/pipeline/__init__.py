"""The stages put together: what commands call. Each function reads like the life of a case on its way to Word."""
