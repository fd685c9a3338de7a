"""The numbered tree -> bytes of a format."""
