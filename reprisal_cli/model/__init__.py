"""The typed records of the format; they know no file, no rule and no report."""
