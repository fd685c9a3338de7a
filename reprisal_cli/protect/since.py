"""What an older report may still be quoted with: the deleted side of a redline prints words of that report.

Consent is that of today. A case whose persons, risk, status or actions allow less now than they did then is left out of
the old side as a whole, and with it every text that speaks of it: prose can describe a person without a reference, so
no part of it can be called safe. What is left is compared; the account names what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.prose import references
from reprisal_cli.protect.disclose import levels_of, symbols_of, why_held
from reprisal_cli.protect.public import Level
from reprisal_cli.store.corpus import Corpus


def tellable_since(old: Corpus, edition: Edition, new: Corpus, now: Edition) -> tuple[Corpus, tuple[str, ...]]:
    """The old corpus without the cases of which less may be told in the new one, and their ids.

    A case that is not in the new corpus is left out too: nobody can say what its persons agree to now.
    """
    then, today = symbols_of(edition, old.workspace.editions), symbols_of(now, new.workspace.editions)
    gone = {
        case.id
        for case in old.cases
        if (other := new.by_id.get(case.id)) is None or _less(case, then, other.case, today)
    }
    while spoken := {case.id for case in old.cases if case.id not in gone and _speaks_of(case, gone)}:
        gone |= spoken
    return without(old, gone), tuple(sorted(gone))


def without(corpus: Corpus, ids: Iterable[str]) -> Corpus:
    """The corpus without some cases."""
    gone = frozenset(ids)
    files = tuple(file for file in corpus.files if file.case.id not in gone)
    return replace(corpus, files=files, by_id={file.case.id: file for file in files})


def _less(then: Case, symbols: frozenset[str], now: Case, today: frozenset[str]) -> bool:
    before, after = levels_of(then, symbols), levels_of(now, today)
    if any(after.get(ref, Level.NONE) < level for ref, level in before.items()):
        return True
    if why_held(now, after) and not why_held(then, before):
        return True
    hidden = {action.ref for action in now.un_actions if action.confidential}
    return any(action.ref in hidden and not action.confidential for action in then.un_actions)


def _speaks_of(case: Case, gone: set[str]) -> bool:
    texts = [words for text in case.text.values() for words in (text.main, text.annex) if words]
    return any(one.kind == "case" and one.target in gone for words in texts for one in references(words))
