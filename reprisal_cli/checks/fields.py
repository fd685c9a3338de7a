"""RC1, continued: the fields of a person, an act or a source that must fit each other; places in reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reprisal_cli.checks.desk import Desk, text_references
from reprisal_cli.diagnostic import Location, Related, Severity
from reprisal_cli.model.act import Act, Actor
from reprisal_cli.model.membership import earlier_reports
from reprisal_cli.register.words import words
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile


@check("RC121")
def edition_not_known(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text, a sign-off and a `none_as_of` name an edition of the workspace.

    What it does: looks up the editions named there. `reports` may name older ones.
    Why it is bad: the text is printed nowhere, the sign-off approves nothing, and the day on which no reply had come
    is not known (case format: text is "per edition").

    Example:
    ```yaml
    text:
      hrc-06:
        annex: On 10 January 2026, {p1} was reportedly released.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 10 January 2026, {p1} was reportedly released.
    ```
    """
    case, known = file.case, desk.editions
    for edition in case.text:
        if edition not in known:
            yield Finding(("text", edition), f"there is no edition {edition} here", _editions(known))
    for index, signoff in enumerate(case.signoffs):
        if signoff.edition not in known:
            route = ("signoffs", index, "edition")
            yield Finding(route, f"there is no edition {signoff.edition} here", _editions(known))
    for index, response in enumerate(case.responses):
        day = response.none_as_of
        if isinstance(day, str) and day not in known:
            route = ("responses", index, "none_as_of")
            yield Finding(route, f"there is no edition {day} here", f"write a day, or an edition; {_editions(known)}")


def _editions(known: Mapping[str, object]) -> str:
    return f"the editions here are: {', '.join(known)}" if known else "this workspace has no edition"


@check("RC122")
def individual_of_many(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An individual is one person.

    What it does: looks for `count` other than 1, or the gender `mixed`, where `kind` is individual.
    Why it is bad: the entry would be counted as one person in one table and as several in another (case format:
    "`count`: 1 if left out"; `kind`: individuals, groups, organizations, relatives, institutions).

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    persons:
      - {ref: p1, kind: individual, gender: female, count: 2, described: two lawyers, name: withheld,
         consent: {level: pending}}
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    persons:
      - {ref: p1, kind: group, gender: female, count: 2, described: two lawyers, name: withheld,
         consent: {level: pending}}
    ```
    """
    for index, person in enumerate(file.case.persons):
        if person.kind != "individual":
            continue
        if person.count.number != 1 or person.count.at_least:
            hint = "make the kind group, or give each person an entry"
            yield Finding(("persons", index, "count"), "an individual is one person", hint)
        if person.gender == "mixed":
            hint = "`mixed` is for several persons; write other or not-stated"
            yield Finding(("persons", index, "gender"), "one person cannot be of mixed gender", hint)


@check("RC123")
def finding_without_body(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An act found by a body says which (`with`), and no other act does.

    What it does: compares `assertion` with `with`.
    Why it is bad: a finding is told as a fact on the authority of the body; without the body it is an allegation, and
    with it an allegation is understated (case format: "found-by-body (with: {body, reference})").

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: arbitrary-arrest-or-detention, date: 2025-01-28, assertion: found-by-body}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: arbitrary-arrest-or-detention, date: 2025-01-28, assertion: found-by-body, with: {body: wgad}}
    ```
    """
    for index, act in enumerate(file.case.acts):
        if act.assertion == "found-by-body" and act.with_ is None:
            hint = "add `with: {body: …, reference: …}`"
            yield Finding(("acts", index, "assertion"), "found by a body, but by which is not said", hint)
        elif act.with_ is not None and act.assertion != "found-by-body":
            hint = "set the assertion to found-by-body, or take `with` out"
            yield Finding(("acts", index, "with"), f"a body is named, but the act is {act.assertion}", hint)


_KINDS_OF: Mapping[str, frozenset[str]] = {
    "state": frozenset({"state"}),
    "non-state": frozenset({"non-state"}),
    "de-facto-authority": frozenset({"de-facto-authority", "state", "non-state"}),
    "foreign-state": frozenset({"foreign-state", "state"}),
    "both": frozenset({"state", "non-state"}),
    "unknown": frozenset({"unknown", "non-state"}),
}


@check("RC124")
def actor_not_of_its_class(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The kind of an actor belongs to its class.

    What it does: compares `actor.kind` with `actor.class`, by the groups of the register of actors. De facto
    authorities and foreign States may have a police of their own.
    Why it is bad: what State agents did would be counted as the doing of others, or the reverse (resolution 12/2,
    operative paragraph 2, tells State from non-State actors).

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats, actor: {class: non-state, kind: police}}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats, actor: {class: state, kind: police}}
    ```
    """
    for index, act in enumerate(file.case.acts):
        actor = act.actor
        if actor is not None and actor.kind is not None:
            group = words("actor-kinds").group(actor.kind)
            if group not in _KINDS_OF[actor.class_] and actor.kind != "unspecified":
                yield Finding(
                    ("acts", index, "actor", "kind"),
                    f"{actor.kind} is no actor of the class {actor.class_}",
                    f"it belongs to the class {group}; correct one of the two",
                    related=(Related(Location(file.path, ("acts", index, "actor", "class")), "the class"),),
                )


@check("RC125", Severity.WARNING)
def role_not_of_the_actor(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The State of an actor and the part of the State fit the actor's class.

    What it does: looks for a State's actor of a State that the case does not concern, for a State given to an actor
    that is none's, and for a `state_role` that the class rules out.
    Why it is bad: the act is laid at the door of the wrong State, or of none (case format: `state` is the State
    concerned; preambular paragraph: acts "carried out or tolerated by the State").

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats, actor: {class: non-state, kind: private-individual}, state_role: carried-out}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats, actor: {class: non-state, kind: private-individual}, state_role: tolerated}
    ```
    """
    for index, act in enumerate(file.case.acts):
        actor = act.actor
        if actor is None:
            continue
        if actor.state is not None and (fault := _wrong_state(actor, file.case.states)):
            yield Finding(("acts", index, "actor", "state"), *fault)
        if act.state_role is not None and _wrong_role(act, actor):
            yield Finding(
                ("acts", index, "state_role"),
                f"{act.state_role} does not go with an actor of the class {actor.class_}",
                "correct `state_role` or `actor.class`",
                related=(Related(Location(file.path, ("acts", index, "actor", "class")), "the class"),),
            )


def _wrong_state(actor: Actor, states: tuple[str, ...]) -> tuple[str, str] | None:
    if actor.class_ in ("non-state", "unknown"):
        return f"an actor of the class {actor.class_} is no State's", "take the State out, or correct the class"
    if actor.class_ == "state" and actor.state not in states:
        return f"the case does not concern {actor.state}", "make the class foreign-state, or add it to `also_states`"
    if actor.class_ == "foreign-state" and actor.state == states[0]:
        return f"{actor.state} is the State concerned, not a foreign one", "make the class state"
    return None


def _wrong_role(act: Act, actor: Actor) -> bool:
    if actor.class_ == "state":
        return act.state_role == "none-alleged"
    return actor.class_ in ("non-state", "de-facto-authority") and act.state_role == "carried-out"


_ONLINE = frozenset({"online-harassment", "digital-attack-or-spyware"})


@check("RC126")
def online_and_not(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What is online by its name is not said to be offline.

    What it does: looks for an online meeting with `online: no`, and for online harassment or a digital attack with the
    mode offline.
    Why it is bad: one of the two is wrong, and the tables of online acts and meetings count by both (case format:
    `mode` of acts, `online` of cooperation).

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: online-harassment, mode: offline}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: online-harassment, mode: online}
    ```
    """
    for index, cooperation in enumerate(file.case.cooperation):
        if cooperation.online is False and cooperation.mode == "online-meeting":
            yield Finding(
                ("cooperation", index, "online"), "an online meeting is online", "write yes, or correct the mode"
            )
    for index, act in enumerate(file.case.acts):
        if act.mode == "offline" and act.type in _ONLINE:
            yield Finding(
                ("acts", index, "mode"), f"{act.type} is not offline", "write online or both, or correct the type"
            )


@check("RC127")
def source_not_public(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A public source gives its document, and no other source does.

    What it does: compares `identity` of a source with `public`.
    Why it is bad: a document that is named gives away a source whose identity is sealed; a public source without it
    cannot be cited (case format: "{identity: public, public: …}"; operative paragraph 9).

    Example:
    ```yaml
    effects: [self-censorship]
    acts: [{ref: a1, type: threats}]
    measures: REMOVE
    developments: [{date: 2026-01-10, kind: release}]
    sources:
      - {ref: s1, kind: un-field, identity: sealed, public: "A/HRC/58/999, para. 12"}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts: [{ref: a1, type: threats}]
    measures: REMOVE
    developments: [{date: 2026-01-10, kind: release}]
    sources:
      - {ref: s1, kind: un-field, identity: public, public: "A/HRC/58/999, para. 12"}
    ```
    """
    for index, source in enumerate(file.case.sources):
        if source.identity == "public" and source.public is None:
            hint = "add `public:` with the document, or make the identity sealed or withheld"
            yield Finding(("sources", index, "identity"), "a public source, but its document is not given", hint)
        elif source.public is not None and source.identity in ("sealed", "withheld"):
            hint = "take the document out, or make the identity public"
            yield Finding(
                ("sources", index, "public"), f"the identity is {source.identity}, but a document is given", hint
            )


@check("RC128")
def place_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report stands in `reports` once.

    What it does: looks for two entries with one edition, symbol, part, State and paragraphs.
    Why it is bad: the opening sentence of a follow-up names the place twice (case format: "one entry a State").

    Example:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXB}
    ```
    """
    entries = file.case.reports
    if len(entries) < 2:
        return
    seen: dict[tuple[object, ...], int] = {}
    for index, entry in enumerate(entries):
        key = (entry.edition, entry.symbol, entry.part, entry.paras, entry.state)
        first = seen.setdefault(key, index)
        if first != index:
            related = (Related(Location(file.path, ("reports", first)), "the same place"),)
            yield Finding(
                ("reports", index), "this place stands here already", "take one of the two out", related=related
            )


@check("RC129")
def symbol_of_another_edition(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report has the symbol of its edition.

    What it does: compares `symbol` with that of the edition in the workspace, or with the session in the edition's id.
    Why it is bad: the follow-up cites a document in which the case does not stand, and `already-public` rests on it
    (case format: `reports` is "where it was published").

    Example:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/59/999, part: annex I, paras: [7, 8], state: XXA}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
    ```
    """
    for index, entry in enumerate(file.case.reports):
        edition = desk.editions.get(entry.edition)
        if edition is not None and edition.symbol is not None:
            if edition.symbol != entry.symbol:
                hint = f"the symbol of {entry.edition} is {edition.symbol}"
                yield Finding(("reports", index, "symbol"), f"this is not the symbol of {entry.edition}", hint)
        elif entry.symbol.startswith("A/HRC/") and entry.edition.startswith("hrc-"):
            session = entry.edition.split("-")[1]
            if entry.symbol.split("/")[2] not in (session, "RES"):
                hint = f"a symbol of that session begins with A/HRC/{session}/"
                yield Finding(("reports", index, "symbol"), f"this is not a symbol of {entry.edition}", hint)


@check("RC130")
def place_of_another_state(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report is under a State that the case concerns.

    What it does: compares `state` of each entry of `reports` with the States of the case.
    Why it is bad: the place is cited in the wrong section, or a State of the case is missing (case format: "one entry a
    State").

    Example:
    ```yaml
    also_states: REMOVE
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXB}
    ```
    Use instead:
    ```yaml
    also_states: [XXB]
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXB}
    ```
    """
    states = file.case.states
    for index, entry in enumerate(file.case.reports):
        if entry.state is not None and entry.state not in states:
            message = f"the case does not concern {entry.state}"
            yield Finding(("reports", index, "state"), message, "correct it, or add the State to `also_states`")


@check("RC131")
def no_earlier_place(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text that says `{reports}` is of a case with an earlier place.

    What it does: looks for an entry of `reports` of an earlier edition than that of the text.
    Why it is bad: nothing can be printed in its place (case format: `{reports}` gives "its earlier places, this
    edition left out"; "a reference that points nowhere is an error").

    Example:
    ```yaml
    text:
      hrc-60:
        annex: The case was told before (see {reports}).
    ```
    Use instead:
    ```yaml
    text:
      hrc-63:
        annex: The case was told before (see {reports}).
    ```
    """
    case = file.case
    if not any("{reports}" in words for text in case.text.values() for words in (text.main, text.annex) if words):
        return
    for edition, field, node in text_references(file):
        known = desk.editions.get(edition)
        if node.kind == "reports" and known is not None and not earlier_reports(case, known):
            hint = "add the earlier place to `reports`, or take the reference out"
            yield Finding(("text", edition, field), "{reports}: the case has no earlier place", hint)


@check("RC132", Severity.WARNING)
def signoff_of_nothing(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A sign-off is of an edition in which the case has a text, and of a response that is there.

    What it does: looks for sign-offs of an edition for which the case has neither text nor place, and of the response
    where there is none.
    Why it is bad: it approves nothing, and the words that are printed are approved by nobody (case format: a sign-off
    "binds just what it covers in that edition").

    Example:
    ```yaml
    signoffs:
      - {edition: hrc-63, of: text, by: reviewer-1, date: 2025-08-04, digest: "sha256:…"}
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p1}.
    ```
    Use instead:
    ```yaml
    signoffs:
      - {edition: hrc-60, of: text, by: reviewer-1, date: 2025-08-04, digest: "sha256:…"}
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p1}.
    ```
    """
    case = file.case
    for index, signoff in enumerate(case.signoffs):
        if signoff.of == "response":
            if not case.responses:
                yield Finding(("signoffs", index, "of"), "the case has no response to sign off", "correct `of`")
        elif signoff.edition not in desk.editions or signoff.edition in case.text:
            continue  # an edition that is not known is edition-not-known (RC121)
        elif all(entry.edition != signoff.edition for entry in case.reports):
            message = f"the case has no text for {signoff.edition}"
            yield Finding(("signoffs", index, "edition"), message, "correct the edition, or write the text first")


@check("RC133", Severity.WARNING, Stage.CLEARANCE)
def finding_without_reference(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A finding of a body gives the document in which it was made.

    What it does: looks for acts `with` a body and without `reference`.
    Why it is bad: what is told as a fact on the authority of a body must be citable (case format: "with: {body,
    reference}"; operative paragraph 9).

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats, date: 2025-01-28, assertion: found-by-body, with: {body: wgad}}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - ref: a1
        type: threats
        date: 2025-01-28
        assertion: found-by-body
        with: {body: wgad, reference: "A/HRC/WGAD/2025/12, para. 40"}
    ```
    """
    for index, act in enumerate(file.case.acts):
        if act.with_ is not None and act.with_.reference is None:
            hint = "add `reference:` with the symbol and the paragraph"
            yield Finding(("acts", index, "with"), "found by a body, but in which document is not said", hint)


CASE = (
    edition_not_known,
    individual_of_many,
    finding_without_body,
    actor_not_of_its_class,
    role_not_of_the_actor,
    online_and_not,
    source_not_public,
    place_twice,
    symbol_of_another_edition,
    place_of_another_state,
    no_earlier_place,
    signoff_of_nothing,
    finding_without_reference,
)
