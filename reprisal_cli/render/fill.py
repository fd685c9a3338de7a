"""The one door to the house's templates: values are escaped, and a name that is not given is an error."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reprisal_cli.diagnostic import ReprisalError


def fill(folder: Path, name: str, **values: object) -> str:
    """The text of a template with its values, escaped for XML and HTML."""
    try:
        return _environment(folder).get_template(name).render(values)
    except TemplateError as problem:
        # What Jinja says may quote a value; the name of the template and the kind of fault do not.
        what = type(problem).__name__
        raise ReprisalError(f"the house template {name} cannot be used ({what})", "correct the template") from None


@lru_cache(maxsize=2)
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    # Kept because reading a dozen templates takes longer than filling them; Jinja reads a changed file again.
    return ImmutableSandboxedEnvironment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
