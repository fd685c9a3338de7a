"""What can be wrong with the data: a file per family, a function per rule."""
