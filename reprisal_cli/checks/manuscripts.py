"""RC6: manuscripts of editions: there, short enough, and without a figure typed by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.checks.editions import path_of
from reprisal_cli.diagnostic import Route, Severity
from reprisal_cli.model.edition import Edition, Manuscript
from reprisal_cli.rule import Finding, Stage, check


@check("RC630")
def manuscript_missing(index: Index, desk: Desk) -> Iterator[Finding]:
    """Every manuscript that an edition names is there.

    What it does: looks for each file of `contents` and for `summary` beside `edition.yaml`, then in the shared folder
    `templates/manuscript/`.

    Why it is bad: the edition cannot be built.

    Example:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    contents:
      - manuscript: introdution.md
      - cases: main
    # file: templates/editions/hrc-60/introduction.md raw
    # Introduction
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    contents:
      - manuscript: introduction.md
      - cases: main
    # file: templates/editions/hrc-60/introduction.md raw
    # Introduction
    ```
    """
    if desk.manuscripts is None:
        return
    for edition in desk.editions.values():
        for route, name in _named(edition):
            if not any(path.endswith(f"/{name}") for path in desk.manuscripts.get(edition.id, ())):
                message = "no such file can be read beside edition.yaml or in the shared folder of manuscripts"
                hint = "write it, or correct the name; a file that is there is to be UTF-8, with signs that can be seen"
                yield Finding(route, message, hint, path_of(edition, desk))


def _named(edition: Edition) -> Iterator[tuple[Route, str]]:
    for position, item in enumerate(edition.contents):
        if isinstance(item, Manuscript):
            yield ("contents", position, "manuscript"), item.manuscript
    if edition.summary is not None:
        yield ("summary",), edition.summary


@check("RC631", Severity.WARNING, Stage.CLEARANCE)
def count_typed_by_hand(index: Index, desk: Desk) -> Iterator[Finding]:
    """A manuscript counts States, cases and persons with expressions, not by hand.

    What it does: finds numbers from two on, in words or figures, before "States", "cases", "persons" and the like in
    the manuscripts of all editions. Left alone are expressions, footnotes, and sentences that cite a document with
    `{ref …}`, whose figure it may be.

    Why it is bad: the count is wrong after the next case, and nothing proves it (the figures of a build are proved in
    `report.figures.json`).

    Example:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    contents:
      - manuscript: introduction.md
      - cases: main
    # file: templates/editions/hrc-60/introduction.md raw
    The present report tells of 21 States.
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    contents:
      - manuscript: introduction.md
      - cases: main
    # file: templates/editions/hrc-60/introduction.md raw
    The present report tells of {{ cases.states | count | noun("State", "States") }}.
    ```
    """
    texts = {path: text for own in (desk.manuscripts or {}).values() for path, text in own.items()}
    for path, text in sorted(texts.items()):
        plain = _without_expressions(text)
        for match in _count().finditer(plain):
            if not _cites(plain, match.start()):
                line = plain.count("\n", 0, match.start()) + 1
                words = " ".join(match[0].split())
                yield Finding((), f"line {line}: `{words}` is counted by hand", f"write `{_expression(match)}`", path)


_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NOTE = re.compile(r"\^\[(?:[^\[\]]|\[[^\]]*\])*\]")


def _without_expressions(text: str) -> str:
    """The text with line ends alone in place of expressions and footnotes."""
    for pattern in (_EXPRESSION, _NOTE):
        text = pattern.sub(lambda match: "\u00a4" + "\n" * match[0].count("\n"), text)
    return text


def _cites(text: str, at: int) -> bool:
    start, end = text.rfind(". ", 0, at), text.find(". ", at)
    return "{ref " in text[start + 1 : end if end >= 0 else len(text)]


@cache
def _count() -> re.Pattern[str]:
    ones = "two|three|four|five|six|seven|eight|nine"
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    teens = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    number = rf"\d{{1,3}}(?:,\d{{3}})*|(?:{tens})(?:-(?:one|{ones}))?|{teens}|{ones}"
    kind = r"new|further|other|such|follow-up|individual|alleged|documented|reported|specific|different|Member|named"
    nouns = r"States|cases|persons|individuals|people|women|girls|victims|defenders|organizations|situations|countries"
    return re.compile(rf"(?<![\w/.,-])(?i:{number})\s(?P<kinds>(?:(?:{kind})\s)*)(?P<noun>{nouns})\b")


def _expression(match: re.Match[str]) -> str:
    kinds = match["kinds"].split()
    cases = "cases.follow_up" if "follow-up" in kinds else "cases.new" if "new" in kinds else "cases"
    if match["noun"] in ("States", "countries"):
        return f'{{{{ {cases}.states | count | noun("State", "States") }}}}'
    if match["noun"] in ("cases", "situations"):
        return f'{{{{ {cases} | count | noun("case", "cases") }}}}'
    return f"{{{{ {cases}.persons | count | words }}}}"


@check("RC632", Severity.NOTE, Stage.PUBLISH)
def word_limit_missing(index: Index, desk: Desk) -> Iterator[Finding]:
    """An edition beyond its draft has a limit of words.

    What it does: finds an edition without `word_limit` whose `version` is no longer draft, before its date.

    Why it is bad: documents over the limit are sent back by the document services; without the limit no build can say
    what would have to move to the annex.

    Example:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    version: advance-unedited
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    version: advance-unedited
    word_limit: 8500
    ```
    """
    for edition in desk.editions.values():
        if edition.word_limit is None and edition.version != "draft" and edition.as_of >= desk.as_of:
            message = "the limit of words is not given"
            yield Finding(("version",), message, "add `word_limit`", path_of(edition, desk))


@check("RC633", Severity.WARNING, Stage.PUBLISH)
def over_the_word_limit(index: Index, desk: Desk) -> Iterator[Finding]:
    """The body of an edition keeps to its limit of words.

    What it does: counts the words of the manuscripts of `contents` and of the cases' texts for the body, without
    footnotes; an expression counts as one word. The annexes have no limit.

    Why it is bad: documents over the limit are sent back by the document services. A build says how the words are
    spread over sections and States.

    Example:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    word_limit: 10
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    word_limit: 8500
    ```
    """
    for edition in desk.editions.values():
        if edition.word_limit is None:
            continue
        states: Counter[str] = Counter()
        for entry in index.entries:
            for name, words in entry.main_words:
                if name in (edition.id, edition.of):
                    states[entry.state] += words
        body = _manuscript_words(edition, desk) + states.total()
        if body > edition.word_limit:
            longest = ", ".join(f"{state} ({words})" for state, words in states.most_common(3))
            hint = f"shorten it, or move cases to the annex; the longest States: {longest or 'none has a text here'}"
            yield Finding(("word_limit",), f"the body has some {body} words", hint, path_of(edition, desk))


def _manuscript_words(edition: Edition, desk: Desk) -> int:
    own = (desk.manuscripts or {}).get(edition.id, {})
    names = {item.manuscript for item in edition.contents if isinstance(item, Manuscript)}
    texts = (text for path, text in own.items() if any(path.endswith(f"/{name}") for name in names))
    return sum(len(_without_expressions(text).split()) for text in texts)


INDEX = (manuscript_missing, count_typed_by_hand, word_limit_missing, over_the_word_limit)
