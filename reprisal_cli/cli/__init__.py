"""The command line: options -> one pipeline call -> output -> exit code."""
