"""RC5: house style of texts, a file per subject."""

from __future__ import annotations

from reprisal_cli.checks import text_claims, text_names, text_style

CASE = (*text_claims.CASE, *text_names.CASE, *text_style.CASE)
