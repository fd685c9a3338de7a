"""What an edit means for the persons of a case: their consent first."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.review.items import details, paired, place_of
from reprisal_cli.review.meaning import Detail, Meaning
from reprisal_cli.review.shown import MASK, has_contacts, may_be_names, safe, tokens
from reprisal_cli.review.told import CONSENTS, DESCRIBED, Data, mapping

_NAME_WORDS = frozenset({"sealed", "withheld", "not-carried", "not-stated"})


def persons(old: Data, new: Data) -> Iterator[Meaning]:
    """Consent, names, and what else decides how a person is shown."""
    for before, after in paired(old.get("persons"), new.get("persons")):
        place = place_of(after or before)
        if not before or not after:
            yield Meaning("person-added" if after else "person-removed", place, tuple(_said(before, after)))
        else:
            yield from _consent(before, after, place)
            if found := tuple(_said(before, after)):
                yield Meaning("person-changed", place, found)
        yield from _names(before, after, place)


def _said(before: Data, after: Data) -> Iterator[Detail]:
    """The fields of a person that differ. Of one who came or went, the consent is one of them; of others it is told
    apart. The words that stand for the person are shown where they may be printed."""
    whole = not before or not after
    kept = [{key: value for key, value in one.items() if whole or key != "consent"} for one in (before, after)]
    for one in details(kept[0], kept[1]):
        if one.field == "described" and all(_may_describe(side) for side in (before, after) if side):
            words = [described(side) if "described" in side else None for side in (before, after)]
            yield Detail("described", words[0], words[1])
        elif one.field == "name":
            yield Detail("name", *(_name(side) if "name" in side else None for side in (before, after)))
        else:
            yield one


def _may_describe(person: Data) -> bool:
    return CONSENTS.get(str(mapping(person.get("consent")).get("level")), 0) >= DESCRIBED


def described(person: Data) -> str:
    """The words that stand for a person, with masks for what may be names."""
    text = str(person.get("described"))
    if has_contacts(text) or len(text) > 500:
        return MASK
    parts = tokens(text)
    return "".join(MASK if hit else part for part, hit in zip(parts, may_be_names(parts), strict=True))


def _name(person: Data) -> str:
    return str(person["name"]) if person["name"] in _NAME_WORDS else "in clear"


def _names(before: Data, after: Data, place: str) -> Iterator[Meaning]:
    was, now = (one.get("name") for one in (before, after))
    if now is not None and now not in _NAME_WORDS and now != was:
        yield Meaning("name-in-clear", place)
    if was is not None and was not in _NAME_WORDS and now != was:
        yield Meaning("name-out", place)


def _consent(before: Data, after: Data, place: str) -> Iterator[Meaning]:
    was, now = mapping(before.get("consent")), mapping(after.get("consent"))
    if was == now:
        return
    found = tuple(details(was, now))
    wider, narrower = _wider(was, now), _wider(now, was)
    if wider:
        yield Meaning("consent-widened", place, found)
    if narrower:
        yield Meaning("consent-narrowed", place, () if wider else found)
    if not wider and not narrower:
        same = {"level", "uses", "given_by", "source"}
        renewed = not any(one.field in same for one in found)
        yield Meaning("consent-renewed" if renewed else "consent-changed", place, found)


def _wider(was: Data, now: Data) -> bool:
    """Whether the second consent lets something be shown that the first does not: a higher level, another use, a
    document more in which it is public already."""
    if _rank(now) > _rank(was):
        return True
    if not _rank(now):
        return False
    return bool(_uses(now) - _uses(was) or (_sources(now) - _sources(was) and was.get("level") == now.get("level")))


def _rank(consent: Data) -> int:
    return CONSENTS.get(str(consent.get("level")), 0)


def _uses(consent: Data) -> frozenset[str]:
    uses = consent.get("uses", ["report"])
    return frozenset(map(safe, uses)) if isinstance(uses, list) else frozenset()


def _sources(consent: Data) -> frozenset[str]:
    source = consent.get("source", [])
    return frozenset(map(str, source if isinstance(source, list) else [source]))
