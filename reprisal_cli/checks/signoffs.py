"""RC7, continued: what was signed off is what the file says."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.cycle import APPROVED, asks, since
from reprisal_cli.checks.desk import Desk
from reprisal_cli.model.case import Case
from reprisal_cli.model.digest import digest
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile


@check("RC717")
def stale_signoff(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What was signed off has not changed since.

    What it does: at approved and published, works out the digest of what each sign-off since the last publication
    covers, and compares it with the one that stands there.
    Why it is bad: nobody has approved what the file says now (case format, gates: "digests fresh"). A digest that was
    typed by hand proves nothing.

    Example:
    ```yaml
    status: approved
    signoffs:
      - {edition: hrc-63, of: text, by: reviewer-1, date: 2026-01-14, digest: "sha256:…"}
      - {edition: hrc-63, of: safety, by: reviewer-2, date: 2026-01-15, digest: "sha256:…"}
    ```
    Use instead:
    ```yaml
    status: drafted
    signoffs: REMOVE
    ```
    """
    case = file.case
    if not asks(case, APPROVED):
        return
    for index in stale(case):
        one = case.signoffs[index]
        yield Finding(
            ("signoffs", index, "digest"),
            f"the {one.of} for {one.edition} is not what was signed",
            f"have it looked at again: `reprisal sign {case.id} --edition {one.edition} --of {one.of} --by WHO`",
        )


def standing(case: Case) -> dict[tuple[str, str], int]:
    """The places of the sign-offs since the last publication, the last one of each edition and subject."""
    start = since(case)
    return {
        (one.edition, one.of): index for index, one in enumerate(case.signoffs) if start is None or one.date >= start
    }


def stale(case: Case) -> list[int]:
    """The places of those of them that no longer are of what the file says."""
    return [
        index
        for (edition, subject), index in standing(case).items()
        if case.signoffs[index].digest != digest(case, edition, subject)
    ]


CASE = (stale_signoff,)
