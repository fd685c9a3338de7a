"""A case -> its paragraphs: the drafted words with their references filled in, or sentences made from the fields."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from reprisal_cli.compile.frame import Frame, numbers
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital, join_text
from reprisal_cli.compile.tree import Emph, Inline, Link, Note, Origin, Para, Places, Route, Text, Value
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.case import ReportPlace
from reprisal_cli.model.membership import earlier_reports
from reprisal_cli.model.prose import paragraphs
from reprisal_cli.model.prose_nodes import Emphasis, Footnote, Hyperlink, Node, Reference, Words
from reprisal_cli.protect.public import PublicCase


def main_paragraphs(told: Told, frame: Frame) -> list[Para]:
    """What stands in the body: the short words, and the long ones where their place is the body."""
    out = _drafted(told, "main", frame)
    if told.place == "main":
        out += long_paragraphs(told, frame)
    return out


def long_paragraphs(told: Told, frame: Frame) -> list[Para]:
    """The long text at its place. In annex II it opens with what the earlier reports said, where that is known."""
    out = _drafted(told, "annex", frame)
    if not out and (told.text is None or told.text.main is None):  # no words at all, at most a place
        out = _generated(told, frame)
    if told.place == "annex-2" and out:
        out = [*_history(told, frame), *out]
    return out


def at_length(told: Told) -> bool:
    """Whether a case has paragraphs at its place, without making them: a text for the body alone leaves none."""
    return told.text is None or told.text.annex is not None or told.text.main is None


def paragraph_id(case_id: str, *parts: str | int) -> str:
    """The stable id of a case's paragraph, which is also its bookmark in Word."""
    return "_".join(["c", case_id.replace("-", "_"), *(str(part).replace("-", "_") for part in parts)])


# --- drafted words --------------------------------------------------------------------------------------------------


def _drafted(told: Told, field: str, frame: Frame) -> list[Para]:
    text = getattr(told.text, field) if told.text is not None else None
    if text is None:
        return []
    edition = frame.edition.id if frame.edition.id in told.case.text else str(frame.edition.of)
    filler = Filler(frame, told.case)
    return [
        Para(
            paragraph_id(told.case.id, field, index),
            filler.fill(nodes),
            origin=Origin(told.case.path, case=told.case.id, route=("text", edition, field)),
            cases=(told.case.id,),
        )
        for index, nodes in enumerate(paragraphs(text), 1)
    ]


class Filler(Struct, frozen=True):
    """Fills the references of a text. `case` is None in a manuscript, where nobody can be referred to; `slots` are a
    manuscript's values."""

    frame: Frame
    case: PublicCase | None = None
    slots: tuple[tuple[Inline, ...], ...] = ()

    def fill(self, nodes: tuple[Node, ...]) -> tuple[Inline, ...]:
        return join_text(inline for node in nodes for inline in self._one(node))

    def _one(self, node: Node) -> tuple[Inline, ...]:
        match node:
            case Words(text):
                return (Text(text),)
            case Emphasis(children):
                return (Emph(self.fill(children)),)
            case Hyperlink(url, children):
                return (Link(url, self.fill(children)),)
            case Footnote(children):
                return (Note(self.fill(children)),)
            case Reference():
                return self._reference(node)

    def _reference(self, node: Reference) -> tuple[Inline, ...]:
        if node.kind == "slot":
            return self.slots[int(node.target)]
        if node.kind == "ref":
            return self.frame.document(node.target, node.place)
        if node.kind == "case" and (node.target or self.case is not None):
            return (Places((node.target or self.case.id,)),)  # type: ignore[union-attr]
        if self.case is not None and node.kind == "reports":
            return cited(earlier_reports(self.case, self.frame.edition), self.frame)
        if self.case is not None and node.kind == "item":
            return self._item(node.target, self.case)
        raise ReprisalError("a manuscript refers to a person or an action of a case", "refer to the case: {case ID}")

    def _item(self, ref: str, case: PublicCase) -> tuple[Inline, ...]:
        for person in case.persons:
            if person.ref == ref:
                return (Value(person.shown),)
        for action in case.un_actions:
            if action.ref == ref:
                return action_mark(action, self.frame)
        for response in case.responses:
            if response.ref == ref:
                return (Value(response_mark(response, self.frame)),)
        # `checks` finds this before a build; here is the last door before a document
        raise ReprisalError(f"{case.id}: a text refers to somebody or something that may not be told", "run `validate`")


def action_mark(action: UnAction, frame: Frame) -> tuple[Inline, ...]:
    """What `{u1}` prints: the number, else body and date."""
    number = printed_number(action)
    if number:
        return (Value(number),)
    who = frame.body(action.by) if action.by else (Text(frame.say.word("action.nobody")),)
    if not action.date:
        return who
    return frame.say.say("action.mark", bodies=who, date=frame.say.dates(action.date))


def printed_number(action: UnAction) -> str:
    """The number of an action as readers know it; a note verbale's is a reference inside this project."""
    return action.number if action.number and not action.number.startswith("note-verbale:") else ""


def response_mark(response: Response, frame: Frame) -> str:
    """What `{r1}` prints."""
    if not response.date:
        return frame.say.word("response.mark.undated")
    return frame.say.text("response.mark.dated", date=frame.say.dates(response.date))


# --- earlier reports ------------------------------------------------------------------------------------------------


def cited(places: Iterable[ReportPlace], frame: Frame) -> tuple[Inline, ...]:
    """Places in earlier reports, each once: `A/HRC/36/31, para. 36; A/HRC/42/30, para. 58 and annex II, para. 9`."""
    found: dict[str, list[str]] = {}
    for entry in places:
        found.setdefault(entry.symbol, []).append(_place(entry, frame))
    both = frame.say.word("word.and")
    return frame.say.joined(
        frame.document(symbol, both.join(part for part in parts if part)) for symbol, parts in found.items()
    )


def _place(entry: ReportPlace, frame: Frame) -> str:
    parts: list[str] = []
    if entry.part == "annex I":
        parts.append(frame.say.word("place.part.annex-1"))
    elif entry.part == "annex II":
        parts.append(frame.say.word("place.part.annex-2"))
    if entry.paras:
        name = "one" if len(entry.paras) == 1 else "many"
        shown = numbers(entry.paras, frame.say)
        parts.append(frame.say.text(f"place.paragraph.{name}", numbers=shown))
    return frame.say.word("word.comma").join(parts)


def _history(told: Told, frame: Frame) -> list[Para]:
    """The sentence that opens a case in annex II (`docs/report.md`)."""
    places = earlier_reports(told.case, frame.edition)
    if not places:
        return []
    who = _who(told.case, frame)
    years = {frame.year(entry.edition) for entry in places}
    if None in years:
        sentence = frame.say.say("history.plain", who=who)
    else:
        shown = frame.say.listed(f"{year}" for year in sorted(year for year in years if year))
        sentence = frame.say.counted("history.years", len(years), who=who, years=shown)
    note = Note(frame.say.say("history.note", places=cited(places, frame)))
    return [_made(told, "history", (*sentence, note), ("reports",))]


def _who(case: PublicCase, frame: Frame) -> tuple[Inline, ...]:
    if not case.persons:
        return (Text(frame.say.word("history.nobody")),)
    return frame.say.listed((Value(person.shown),) for person in case.persons)


# --- a case without drafted words -----------------------------------------------------------------------------------


def _generated(told: Told, frame: Frame) -> list[Para]:
    """Sentences from the fields, a paragraph for what happened and one for what was done about it."""
    case, say = told.case, frame.say
    facts = [*_acts(case, frame), *_cooperation(case, frame)]
    facts += [say.say(f"drafted.effect.{effect}") for effect in case.effects]
    since = [*_actions(told, frame), *_developments(case, frame), *_measures(case, frame)]
    return [
        _made(told, f"drafted_{index}", _sentences(group), route)
        for index, (group, route) in enumerate(((facts, ("acts",)), (since, ("developments",))), 1)
        if group
    ]


def _acts(case: PublicCase, frame: Frame) -> list[tuple[Inline, ...]]:
    groups: dict[tuple[object, ...], list[str]] = {}
    for act in case.acts:
        groups.setdefault((act.persons, act.date), []).append(act.type)
    out = []
    for (persons, when), types in groups.items():
        chosen = [person for person in case.persons if not persons or person.ref in persons]  # type: ignore[operator]
        acts, tail = frame.labels("acts", types), frame.say.tail(when)  # type: ignore[arg-type]
        if chosen:
            who = frame.say.listed((Value(person.shown),) for person in chosen)
            out.append(frame.say.say("drafted.act", who=who, acts=acts, when=tail))
        else:
            out.append(frame.say.say("drafted.situation", acts=acts, when=tail))
    return out or [frame.say.say("drafted.follow-up", who=_who(case, frame))]


def _cooperation(case: PublicCase, frame: Frame) -> list[tuple[Inline, ...]]:
    bodies = [item.body for item in case.cooperation]
    return [frame.say.say("drafted.cooperation", bodies=frame.body(bodies))] if bodies else []


def _actions(told: Told, frame: Frame) -> Iterable[tuple[Inline, ...]]:
    for action in told.actions:
        who = frame.body(action.by) if action.by else (Text(frame.say.word("action.nobody")),)
        number = printed_number(action)
        shown = f" ({number})" if number else ""
        yield frame.say.say("drafted.action", when=frame.say.opening(action.date), bodies=who, number=shown)


def _developments(case: PublicCase, frame: Frame) -> Iterable[tuple[Inline, ...]]:
    for item in case.developments:
        chosen = [person for person in case.persons if not item.persons or person.ref in item.persons]
        who = frame.say.listed((Value(person.shown),) for person in chosen) if chosen else _who(case, frame)
        kind = frame.label("development-kinds", item.kind)
        yield frame.say.say("drafted.development", when=frame.say.opening(item.date), who=who, kind=kind)


def _measures(case: PublicCase, frame: Frame) -> Iterable[tuple[Inline, ...]]:
    for item in case.measures:
        kind = frame.label("measures", item.type)
        yield frame.say.say("drafted.measure", when=frame.say.tail(item.date), kind=kind)


def _sentences(parts: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for index, part in enumerate(parts):
        out += [Text(" ")] * bool(index)
        out.extend(capital(part))
    return join_text(out)


def _made(told: Told, name: str, inlines: tuple[Inline, ...], route: Route) -> Para:
    origin = Origin(told.case.path, case=told.case.id, route=route, generated=True)
    return Para(paragraph_id(told.case.id, name), capital(inlines), origin=origin, cases=(told.case.id,))
