"""The closed lists of the case format: which words a field takes, how they are printed, how they are grouped.

The words are the United Nations' own (case-format.md, first paragraphs; model.md, sections 1 and 3; a list of
case-format.md wins). They stand in `data/words.yaml`, one list after the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from reprisal_cli.dialect import Plain
from reprisal_cli.register.schema import (
    LANGUAGES,
    RegisterError,
    by_language,
    each,
    fields,
    in_language,
    items,
    labels,
    read,
    text,
    within,
)
from reprisal_cli.register.suggest import suggest

FILE = "words.yaml"


class Word(Struct, frozen=True):
    """One word of a closed list: its label per language for print, the group that it stands in, what it means, and how
    it stands in a sentence where that is not the label (`a travel ban`)."""

    slug: str
    labels: Mapping[str, str]
    group: str | None = None
    means: Mapping[str, str] | None = None
    running: Mapping[str, str] | None = None


class WordList(Struct, frozen=True):
    """A closed list. `in`, `len` and iteration go over the slugs, in the order of the register, which is for print."""

    name: str
    words: Mapping[str, Word]
    groups: Mapping[str, Mapping[str, str]]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self.words)

    def __contains__(self, slug: object) -> bool:
        return slug in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def label(self, slug: str, lang: str) -> str:
        """The word as printed in a table. KeyError for a slug that is not in the list, RegisterError for a language in
        which it has no label."""
        return in_language(self.words[slug].labels, lang, f"{self.name}: {slug}")

    def running(self, slug: str, lang: str) -> str:
        """The word inside a sentence, with its article where it has one: `a travel ban`. Errors as in `label`."""
        word = self.words[slug]
        return in_language(word.running or word.labels, lang, f"{self.name}: {slug}: running")

    def group(self, slug: str) -> str | None:
        """The group that the word stands in (`liberty`), or None in a list without groups."""
        return self.words[slug].group

    def group_label(self, group: str, lang: str) -> str:
        """The heading of a group, as printed above a table. Errors as in `label`."""
        return in_language(self.groups[group], lang, f"{self.name}: {group}")

    def meaning(self, slug: str, lang: str) -> str | None:
        """What the word says about a case, where the register explains it."""
        means = self.words[slug].means
        return in_language(means, lang, f"{self.name}: {slug}: means") if means else None

    def find(self, words: str) -> str | None:
        """The slug for words as a source writes them: the slug itself, words that the slug rule turns into it, or the
        label in any language ("raid or search", "LGBTIQ+ person or defender"). None if there is none."""
        for slug in (words, *slugs(words)):
            if slug in self.words:
                return slug
        return self._by_label().get(words.casefold())

    def suggest(self, word: str) -> str | None:
        """The slug that was probably meant, or None."""
        return self.find(word) or suggest(word, self.words, self._by_label())

    def _by_label(self) -> dict[str, str]:
        return {label.casefold(): word.slug for word in self.words.values() for label in word.labels.values()}


@cache
def words(name: str) -> WordList:
    """The closed list of that name (`acts`, `roles`, `consent-levels` …; all of them: `word_lists`).

    Raises RegisterError if there is no such list, or if the register is at fault.
    """
    try:
        return word_lists()[name]
    except KeyError:
        raise RegisterError(f"{FILE}: no list {name}") from None


@cache
def word_lists() -> dict[str, WordList]:
    """All closed lists by name. Raises RegisterError at the first fault of the register."""
    return within(FILE, each, read(FILE), _word_list)


def slugs(words: str) -> tuple[str, ...]:
    """The slug rule (case-format.md, first paragraphs): words of the vocabulary -> slugs for the file.

    Lower case; accents, `+`, `*` and apostrophes dropped; brackets dropped with what stands in them; every other sign
    a hyphen; `x a / b` gives `x-a` and `x-b`.
    """
    first, *others = re.sub(r"\(.*?\)|\[.*?\]", "", words).strip().split(" / ")
    shared = first.rpartition(" ")[0]
    return tuple(_slug(part) for part in (first, *(f"{shared} {other}" for other in others)))


def _slug(words: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", re.sub("[+*'’]", "", bare).lower()).strip("-")


def _word_list(name: str, data: Plain) -> WordList:
    found: dict[str, Word] = {}
    groups: dict[str, dict[str, str]] = {}
    for group, headings, entries in map(_section, items(data)):
        if group:
            groups[group] = headings
        for word in (_word(entry, group) for entry in entries):
            if word.slug in found:
                raise RegisterError(f"{word.slug} stands twice")
            found[word.slug] = word
    return WordList(name, found, groups)


def _section(data: Plain) -> tuple[str | None, dict[str, str], list[Plain]]:
    """An item of a list is a word, or a group of words with a heading per language."""
    if not (isinstance(data, dict) and "group" in data):
        return None, {}, [data]
    parts = fields(data, ("group", "words"), LANGUAGES)
    group = text(parts["group"])
    return group, within(group, by_language, parts, text), items(parts["words"])


def _word(data: Plain, group: str | None) -> Word:
    parts = fields(data, ("word",), LANGUAGES | {"means", "running"})
    slug = text(parts["word"])
    means, running = (within(slug, labels, parts[name]) if name in parts else None for name in ("means", "running"))
    return Word(slug, within(slug, by_language, parts, text), group, means, running)
