"""What operative paragraph 6 asks of States, point by point, and what stays open in a case."""

from __future__ import annotations

from types import MappingProxyType

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.papers import case_origin
from reprisal_cli.compile.responses import action_phrase
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.tree import Inline, Origin
from reprisal_cli.protect.public import PublicCase

POINTS = MappingProxyType(
    {
        "investigation": ("investigation-opened", "investigation-concluded"),
        "accountability": ("prosecution-or-discipline-of-perpetrator",),
        "condemnation": ("public-condemnation",),
        "remedy": ("remedy-or-reparation", "charges-dropped", "release"),
        "recurrence": (
            "protection-measure",
            "law-or-policy-adopted",
            "law-or-policy-amended",
            "law-or-policy-repealed",
            "national-focal-point-or-protocol",
            "protection-mechanism-for-defenders",
            "training",
            "guarantee-of-non-repetition",
        ),
    }
)
"""Prompt, impartial and independent investigation; accountability; public condemnation; effective remedy; no
recurrence: each with the measures (words of the list `measures`) that count for it."""


def checklist(case: PublicCase) -> list[tuple[str, list[int]]]:
    """For each point, which of the case's measures count for it: their places in the list."""
    return [(point, [at for at, item in enumerate(case.measures) if item.type in kinds])
            for point, kinds in POINTS.items()]  # fmt: skip


def open_questions(one: Told, state: str, frame: Frame) -> list[tuple[tuple[Inline, ...], Origin]]:
    """What a reader would ask next: allegations put and not answered, and replies that leave the reprisals out; each
    with where it comes from. The points of paragraph 6 are in the checklist."""
    case, say = one.case, frame.say
    out: list[tuple[tuple[Inline, ...], Origin]] = []
    answered = {item.to for item in (*one.replies, *one.covered) if item.none_as_of is None}
    for at, action in enumerate(case.un_actions):
        if state in action.to and action.ref not in answered and action in one.known:
            question = say.say("dossier.question.reply", action=action_phrase(action, frame))
            out.append((question, case_origin(case, "un_actions", at)))
    for at, response in enumerate(case.responses):
        if response.state == state and response.addresses_reprisal in ("no", "partly"):
            out.append((say.say("dossier.question.missed"), case_origin(case, "responses", at)))
    return out
