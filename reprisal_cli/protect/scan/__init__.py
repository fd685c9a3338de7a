"""The leak gate: every text of every output is searched before it leaves (`docs/leak-gate.md`)."""
