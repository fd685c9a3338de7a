"""reprisal: compiles case files into the Secretary-General's annual report on intimidation and reprisals."""
