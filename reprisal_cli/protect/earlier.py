"""What earlier editions told, for trends: the cases of each, as far as they may be told today."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reprisal_cli.model.edition import AnnexBlock, Edition
from reprisal_cli.model.membership import in_edition
from reprisal_cli.protect.public import PublicCase
from reprisal_cli.store.corpus import CaseFile, Corpus

Tell = Callable[[CaseFile, Edition], PublicCase | None]
"""A case as an edition may tell it, or None if it is held back."""


def earlier(corpus: Corpus, edition: Edition, tell: Tell) -> dict[str, tuple[PublicCase, ...]]:
    """The cases of each edition before this one by its id, from the first on; nothing where the edition has no
    statistics. The General Assembly's copies are not counted again."""
    if not any(isinstance(item, AnnexBlock) and item.annex == "statistics" for item in edition.contents):
        return {}
    known = corpus.workspace.editions
    before = [one for one in known if one.of is None and one.id != edition.of and one.as_of < edition.as_of]
    return {one.id: tuple(_told(corpus, one, tell)) for one in sorted(before, key=lambda one: one.as_of)}


def _told(corpus: Corpus, edition: Edition, tell: Tell) -> Iterator[PublicCase]:
    """In the edition by what is known, and by what may be told of it."""
    for file in corpus.files:
        if in_edition(file.case, edition) and (public := tell(file, edition)) and in_edition(public, edition):
            yield public
