"""RC1, continued: the fields of a person, an act or a source that must fit each other; editions that must be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reprisal_cli.checks.desk import Desk
from reprisal_cli.diagnostic import Location, Related, Severity
from reprisal_cli.model.act import Act, Actor
from reprisal_cli.register.words import words
from reprisal_cli.rule import Finding, check
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
        if edition not in known and edition not in desk.unread:
            yield Finding(("text", edition), f"there is no edition {edition} here", _editions(known))
    for index, signoff in enumerate(case.signoffs):
        if signoff.edition not in known and signoff.edition not in desk.unread:
            route = ("signoffs", index, "edition")
            yield Finding(route, f"there is no edition {signoff.edition} here", _editions(known))
    for index, response in enumerate(case.responses):
        day = response.none_as_of
        if isinstance(day, str) and day not in known and day not in desk.unread:
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


CASE = (
    edition_not_known,
    individual_of_many,
    finding_without_body,
    actor_not_of_its_class,
    role_not_of_the_actor,
    online_and_not,
    source_not_public,
)
