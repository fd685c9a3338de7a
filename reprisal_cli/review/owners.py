"""Who is asked to review what: a CODEOWNERS file out of the regional groups of the United Nations and the `owners` of
`reprisal.yaml`. GitHub and GitLab read the same form; the last line that fits a path decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.settings import Settings
from reprisal_cli.model.values import closed_list
from reprisal_cli.register.states import states
from reprisal_cli.register.words import words

FOLDERS = ("templates", "vault", "settings")
_OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_./-]*)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_KEEPERS = ("/.github/", "/.gitlab/", "/.gitlab-ci.yml", "/CODEOWNERS", "/.gitattributes", "/.pre-commit-config.yaml")
"""What decides who is asked, and what is checked: they lie at the top of a repository."""
HEAD = "# Made by `reprisal codeowners` out of `owners` in reprisal.yaml; change it there.\n"


def codeowners(settings: Settings, prefix: str, present: Iterable[str]) -> str:
    """The file. `prefix` is where the workspace lies in its repository (empty, or `folder/`); `present` are the States
    that have cases, so that codes which ISO leaves to users have their lines too.

    Raises ReprisalError for an owner that is no handle or mail address, and for a key that is neither a regional
    group, a State's code, `all`, `templates`, `vault` nor `settings`.
    """
    owners = {key: _checked(key, names) for key, names in settings.owners.items()}
    if not owners:
        raise ReprisalError(
            "reprisal.yaml names no `owners`", "for example owners: {all: ['@desk'], african: ['@africa']}"
        )
    return HEAD + "".join(
        f"{path} {' '.join(names)}\n" for path, names in _lines(owners, settings, prefix, set(present))
    )


def _lines(
    owners: Mapping[str, Sequence[str]], settings: Settings, prefix: str, present: set[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    if "all" in owners:
        yield "*", owners["all"]
    register = states()
    for code in sorted({*register.codes, *present}):
        group = register.group(code) if code in register else None
        names = owners.get(code) or (owners.get(group) if group else None)
        if names:
            yield f"/{prefix}{settings.cases}/{code}/", names
    for folder in ("templates", "vault"):
        if folder in owners and not (folder == "vault" and settings.vault.startswith(("/", ".."))):
            yield f"/{prefix}{getattr(settings, folder)}/", owners[folder]
    if "settings" in owners:
        yield f"/{prefix}reprisal.yaml", owners["settings"]
        yield from ((path, owners["settings"]) for path in _KEEPERS)


def _checked(key: str, names: Sequence[str]) -> Sequence[str]:
    if key not in (*words("regional-groups").slugs, *closed_list("states"), "all", *FOLDERS):
        raise ReprisalError(
            "a key of `owners` in reprisal.yaml is none",
            f"choose all, {', '.join((*words('regional-groups').slugs, *FOLDERS))}, or the code of a State",
        )
    if not names or not all(_OWNER.fullmatch(name) for name in names):
        raise ReprisalError(
            f"an owner under `{key}` in reprisal.yaml is none", "write '@user', '@team/name' or a mail address"
        )
    return names
