"""Files <-> records."""
