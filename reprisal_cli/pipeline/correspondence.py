"""In which language a State is written to, and the frame of the letter in that language (`templates/letters/`)."""

from __future__ import annotations

import re
from typing import Any

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.model.edition import Edition
from reprisal_cli.parse import parse
from reprisal_cli.register.states import states
from reprisal_cli.store.read import is_there, read_bytes
from reprisal_cli.store.workspace import Workspace

FALLBACK = "en"
_LANGUAGE = re.compile(r"[a-z]{2}")


def correspondence(workspace: Workspace, edition: Edition, state: str, sentences: Any) -> Any:
    """How a State is written to. Where there is no frame in its language, it is English."""
    from reprisal_cli.compile.letters import Correspondence

    language, name = language_of(workspace, state)
    register = states().with_extra(workspace.settings.states)
    said = name or register.running(state, FALLBACK, edition.as_of)
    return Correspondence(frame_in(workspace, language, sentences), said, register.observer(state))


def frame_in(workspace: Workspace, language: str, sentences: Any) -> Any:
    """The sentences of letters in one language; what they lack (a web page's own words) is that of the report."""
    from reprisal_cli.compile.sentences import Sentences, load_sentences

    path = f"{workspace.settings.templates}/letters/{language}.yaml"
    raw = read_bytes(workspace.place, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{path}: {raw.message}", "the letters need their frame; `reprisal init` brings one")
    frame = load_sentences(raw, path, language)
    return Sentences(language, {**sentences.texts, **frame.texts})


def language_of(workspace: Workspace, state: str) -> tuple[str, str]:
    """The language of a State's letters, and its name after "of" in it (empty: as the register has it). English where
    none is set, or where the language that is set has no frame."""
    language, name = _set(workspace, state)
    return (language, name) if _has_frame(workspace, language) else (FALLBACK, "")


def remarks(workspace: Workspace, edition: Edition, state: str) -> tuple[str, ...]:
    """What the desk should know of a letter: that it is in English for want of another, that it names no day."""
    language, _ = _set(workspace, state)
    out = []
    if not language:
        out.append(f"written in English: templates/letters/languages.yaml has no language for {state}")
    elif not _has_frame(workspace, language):
        out.append(f"written in English: there is no frame in {language} (templates/letters/{language}.yaml)")
    if edition.note_verbale is None or edition.note_verbale.reply_due is None:
        out.append(f"no day is named by which a reply is due: set note_verbale.reply_due in edition {edition.id}")
    return tuple(out)


def _has_frame(workspace: Workspace, language: str) -> bool:
    return bool(language) and is_there(workspace.place, f"{workspace.settings.templates}/letters/{language}.yaml")


def _set(workspace: Workspace, state: str) -> tuple[str, str]:
    """The language that is set for a State, with the State's name in it; both empty where none is."""
    path = f"{workspace.settings.templates}/letters/languages.yaml"
    if not is_there(workspace.place, path):
        return "", ""
    raw = read_bytes(workspace.place, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{path}: {raw.message}", raw.hint)
    parsed = parse(raw, path)
    for fault in parsed.diagnostics:
        span = fault.location.span
        raise ReprisalError(f"{path}:{span.line if span else 1}: {fault.message}", fault.hint)
    for language, names in (parsed.data or {}).items():
        if not _LANGUAGE.fullmatch(language) or not isinstance(names, dict):
            raise ReprisalError(
                f"{path}: a language is two letters with States below it", "as `fr: {BEL: de la Belgique}`"
            )
        if state in names:
            return language, str(names[state])
    return "", ""
