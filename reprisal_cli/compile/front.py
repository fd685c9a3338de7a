"""The first page: what the edition knows of itself, in the words of its language (`docs/report.md`)."""

from __future__ import annotations

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.sentences import Sentences
from reprisal_cli.compile.tree import Front, Note, Para, Text
from reprisal_cli.register.sessions import sessions

_WORDS = (
    "summary",
    "contents",
    "paragraphs",
    "page",
    "annex",
    "annex-line",
    "note",
    "notes",
    "back",
    "footnotes",
    "skip",
)
_WEB = (
    "find",
    "text",
    "state",
    "mechanism",
    "act",
    "response",
    "all",
    "clear",
    "shown",
    "nothing",
    "go",
    "copy",
    "copied",
    "note",
    "close",
    "table",
    "top",
)


def front_matter(frame: Frame, summary: tuple[Para, ...]) -> Front:
    """The masthead and the summary. What the edition leaves out is not printed."""
    edition, say = frame.edition, frame.say
    final = edition.version == "final"
    return Front(
        organization=say.word("front.organization"),
        organ=say.word("front.general-assembly"),
        symbol=edition.symbol or "",
        version="" if final else say.word(f"front.version.{edition.version}"),
        distribution=say.text("front.distribution", distribution=edition.distribution) if edition.distribution else "",
        date=frame.day(edition.date) if edition.date else "",
        original=say.text("front.original", language=edition.original_language) if edition.original_language else "",
        body=say.word("front.human-rights-council") if edition.body == "human-rights-council" else "",
        session=sessions().title(edition.session, frame.language) if edition.session else "",
        session_dates=edition.session_dates or "",
        agenda=_agenda(frame),
        agenda_titles=tuple(item.title for item in edition.agenda),
        title=edition.title,
        author=edition.author or "",
        title_notes=tuple(
            Note((Text(" ".join(text.split())),), mark="*" * index) for index, text in enumerate(edition.title_notes, 1)
        ),
        job_number=edition.job_number or "",
        notice=edition.notice or "",
        summary=summary,
    )


def frame_words(say: Sentences) -> dict[str, str]:
    """The frame's own words that writers need. Those of `place` keep their slots: the page of a browser fills them."""
    own = {name: say.word(f"word.{name}") for name in _WORDS}
    paragraph = say.text("place.paragraph.one", numbers="{number}")
    places = {"place": paragraph, "place.annex": say.text("place.annex", number="{annex}", paragraphs=paragraph)}
    return own | {f"web.{name}": say.word(f"web.{name}") for name in _WEB} | places


def _agenda(frame: Frame) -> str:
    items = [f"{item.number}" for item in frame.edition.agenda]
    if not items:
        return ""
    shown = "".join(part.text for part in frame.say.listed(items) if isinstance(part, Text))
    return frame.say.text(f"front.agenda.{'one' if len(items) == 1 else 'many'}", items=shown)
