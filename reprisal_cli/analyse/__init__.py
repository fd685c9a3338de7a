"""Statistics, trends and charts: what the cases of an edition say together (operative paragraph 11)."""
