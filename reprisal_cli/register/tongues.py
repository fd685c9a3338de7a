"""Languages by their small words and scripts: whether words are in the language in which a reply came."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from reprisal_cli.register.schema import RegisterError, fields, items, mapping, read, text

FILE = "tongues.yaml"
_WORD = re.compile(r"[^\W\d_]+")


class Tongues(Struct, frozen=True):
    """`words` are the small words of a language, `scripts` the script that is a language's own, both by ISO 639-1."""

    words: Mapping[str, frozenset[str]]
    scripts: Mapping[str, str]

    def is_in(self, passage: str, language: str, own: str) -> bool:
        """Whether a passage is in `language` rather than in `own`, that of the document. Without evidence, it is not:
        a wrong mark is worse than none."""
        language, own = language[:2].lower(), own[:2].lower()
        if language == own:
            return False
        if self.scripts.get(language) != self.scripts.get(own):
            return _share(passage, self.scripts.get(language)) > 0.5
        said = [word.lower() for word in _WORD.findall(passage)]
        theirs, ours = self.words.get(language, frozenset()), self.words.get(own, frozenset())
        return sum(word in theirs - ours for word in said) > sum(word in ours - theirs for word in said)


def _share(passage: str, script: str | None) -> float:
    """The share of the letters that are of a script (None: the Latin one)."""
    letters = [sign for sign in passage if sign.isalpha()]
    wanted = script or "LATIN"
    return sum(unicodedata.name(sign, "").startswith(wanted) for sign in letters) / max(1, len(letters))


@cache
def tongues() -> Tongues:
    """The register. Raises RegisterError where its file is at fault."""
    data = fields(read(FILE), required=("words", "scripts"))
    words = {key: frozenset(text(one) for one in items(value)) for key, value in mapping(data["words"]).items()}
    scripts = {key: text(value) for key, value in mapping(data["scripts"]).items()}
    if any(key in scripts for key in words):
        raise RegisterError(f"{FILE}: a language is known by its words or by its script, not by both")
    return Tongues(words, scripts)
