"""A workspace of invented cases to be built: `python benchmarks/generate.py DIR COUNT`.

Each case has three paragraphs, two footnotes and about 130 words. Its States are codes that ISO leaves to its users, so
that nothing is said of a real one; the templates are those of this repository.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATES = tuple(f"XX{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ACTS = ("threats", "travel-ban", "surveillance", "arbitrary-arrest-or-detention", "interrogation-or-summons")
BODIES = ("hrc", "cat", "upr", "sr-defenders", "wgad", "ohchr", "security-council")
WORDS = [
    "the",
    "meeting",
    "delegation",
    "officers",
    "airport",
    "report",
    "hearing",
    "office",
    "letter",
    "statement",
    "before",
    "after",
    "during",
    "session",
    "lawyer",
    "family",
    "questioned",
    "followed",
    "refused",
    "information",
    "committee",
    "reportedly",
    "village",
    "students",
    "workers",
    "archive",
    "road",
    "journey",
    "members",
    "council",
    "visit",
    "building",
    "neighbours",
    "evening",
    "documents",
    "allegedly",
    "returned",
    "country",
    "capital",
    "province",
    "earlier",
]

CASE = """\
id: {id}
title: Invented, case {number} of a measurement
record: individual
state: {state}
status: published
persons:
  - ref: p1
    kind: individual
    gender: {gender}
    described: a person of case {number}
    name: not-stated
    consent: {{level: already-public, source: A/HRC/60/999}}
cooperation:
  - {{body: {body}}}
acts:
  - {{ref: a1, type: {act}, date: 2025-0{month}, actor: {{class: state}}}}
un_actions:
  - {{ref: u1, by: [{action}], date: 2025-0{month}-10}}
responses:
  - {{ref: r1, to: u1, state: {state}, date: {answered}, summary: case {number} had no ground}}
text:
  hrc-60:
    annex: |
      It was reported that {{p1}} met with reprisals. {one} ({{u1}}).^[{note}.]

      Reportedly, {two}.^[See {{ref A/HRC/58/999, para. {digit}}}.]

      *Allegedly*, {three}.
reports:
  - {{edition: hrc-60, symbol: A/HRC/60/999, part: {part}}}
"""

EDITION = """\
id: hrc-60
symbol: A/HRC/60/999
session: 60
title: Invented report for a measurement
author: Report of the Secretary-General
date: 2025-08-20
period: 2024-05-01/2025-04-30
notice: Invented for a measurement; not a United Nations document
contents:
  - cases: main
  - annex: new
  - annex: follow-up
  - annex: mechanisms
"""


def make_workspace(root: Path, count: int) -> Path:
    """A workspace with `count` cases, the same for the same count."""
    for name in ("house", "sentences"):
        shutil.copytree(ROOT / "templates" / name, root / "templates" / name, dirs_exist_ok=True)
    edition = root / "templates" / "editions" / "hrc-60" / "edition.yaml"
    edition.parent.mkdir(parents=True, exist_ok=True)
    edition.write_text(EDITION, encoding="utf-8")
    names = ", ".join(f"{code}: Land {code[-1]}" for code in STATES)
    (root / "reprisal.yaml").write_text(f"edition: hrc-60\nstates: {{{names}}}\n", encoding="utf-8")
    chance = random.Random(1)
    for number in range(count):
        state = STATES[number % len(STATES)]
        name = f"{state}-2025-{number:04}"
        path = root / "cases" / state / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_case(name, state, number, chance), encoding="utf-8")
    return root


def _case(name: str, state: str, number: int, chance: random.Random) -> str:
    return CASE.format(
        id=name,
        number=number,
        state=state,
        gender=chance.choice(("female", "male")),
        body=chance.choice(BODIES),
        action=chance.choice(BODIES),
        act=chance.choice(ACTS),
        month=chance.randint(1, 4),
        digit=number % 10,
        answered=f"2025-{5 + number // 26 % 3:02}-{1 + number // 78 % 28:02}",
        part="annex II" if number % 3 == 0 else "annex I",
        one=_words(32, chance),
        two=_words(36, chance),
        three=_words(30, chance).lower(),
        note=_words(8, chance),
    )


def _words(count: int, chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize()


if __name__ == "__main__":
    make_workspace(Path(sys.argv[1]), int(sys.argv[2]))
