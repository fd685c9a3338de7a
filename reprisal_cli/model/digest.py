"""What a sign-off binds: a digest of just what it covers, so that an edit voids only the sign-offs that it touches."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from reprisal_cli.model.act import Act
from reprisal_cli.model.case import Case
from reprisal_cli.model.person import NAME_WORDS, Person

SUBJECTS = ("text", "safety", "response")
_REFERENCE = re.compile(r"\{([pur][0-9]+)\}")


def digest(case: Case, edition: str, subject: str) -> str:
    """The digest of what a sign-off of `subject` covers in an edition: `sha256:` and 64 digits.

    * `text`: the drafted words and their place, and what the references in them print: the words for a person, the
      number, body and day of an action, the day of a reply.
    * `safety`: the drafted words; of each person what decides what is shown (consent, words, kind, gender, count); the
      acts, the risk decision, and which actions are confidential.
    * `response`: the States' responses and the actions that they answer.

    A name is never part of it: a digest of a name could be tried against a list of guesses.
    """
    covered = {"text": _text, "safety": _safety, "response": _response}[subject](case, edition)
    plain = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"


def _text(case: Case, edition: str) -> Any:
    words = _words(case, edition)
    return {"words": words, "printed": _printed(case, words)} if words is not None else None


def _words(case: Case, edition: str) -> dict[str, Any] | None:
    text = case.text.get(edition)
    return text.model_dump(exclude_none=True, warnings=False) if text is not None else None


def _printed(case: Case, words: dict[str, Any]) -> dict[str, Any]:
    """What stands in print for each reference to a person, an action or a reply."""
    refs = {ref for text in (words.get("main"), words.get("annex")) for ref in _REFERENCE.findall(text or "")}
    printed: dict[str, Any] = {person.ref: person.described for person in case.persons if person.ref in refs}
    for action in case.un_actions:
        if action.ref in refs:
            printed[action.ref] = [action.number] if action.number else [action.by, action.date]
    printed |= {response.ref: response.date for response in case.responses if response.ref in refs}
    return printed


def _safety(case: Case, edition: str) -> Any:
    return {
        "text": _words(case, edition),
        "states": case.states,
        "persons": [_person(person) for person in case.persons],
        "acts": [_act(act) for act in case.acts],
        "risk": case.risk.model_dump(exclude_none=True, warnings=False) if case.risk is not None else None,
        "confidential": [action.ref for action in case.un_actions if action.confidential],
    }


def _person(person: Person) -> Any:
    shown = person.model_dump(exclude_none=True, exclude={"name"}, warnings=False)
    return {**shown, "name": person.name if person.name in NAME_WORDS else "in clear"}


def _act(act: Act) -> Any:
    """An act without its sources: where information came from is in no document."""
    return act.model_dump(by_alias=True, exclude_none=True, exclude={"sources"}, warnings=False)


def _response(case: Case, edition: str) -> Any:
    return {
        "responses": [response.model_dump(exclude_none=True, warnings=False) for response in case.responses],
        "actions": [action.model_dump(exclude_none=True, warnings=False) for action in case.un_actions if action.to],
    }
