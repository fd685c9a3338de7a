from __future__ import annotations

import pytest

from reprisal_cli.compile.received import as_received
from reprisal_cli.compile.tree import Foreign, Inline, Value, text_of, walk_inlines
from tests.support.builders import case, compiled


def _marked(clause: str, language: str | None, own: str = "en") -> list[tuple[str, str]]:
    made = as_received(clause, language, own)
    assert text_of(made) == clause
    return [(node.language, text_of(node.children)) for node in made if isinstance(node, Foreign)]


@pytest.mark.parametrize(
    ("clause", "language"),
    [
        ("l'arrestation n'avait aucun lien avec la session du Conseil", "fr"),
        ("la detención no tuvo relación con su participación en el Consejo", "es"),
        ("a detenção não teve relação com a sessão", "pt"),
        ("задержание не было связано с участием в сессии", "ru"),
        ("لم يكن للاعتقال أي صلة بالدورة", "ar"),
        ("该逮捕与会议无关", "zh-Hans"),
    ],
)
def test_a_clause_in_the_language_of_the_reply_is_marked(clause: str, language: str) -> None:
    assert _marked(clause, language) == [(language, clause)]


@pytest.mark.parametrize("language", ["fr", "es", "pt", "ru", "ar", "zh", "de", None, "en"])
def test_a_clause_in_the_language_of_the_document_is_not_marked(language: str | None) -> None:
    assert _marked("the arrest had no link with the side event on La Paz", language) == []


def test_words_in_quotation_marks_are_judged_by_themselves() -> None:
    clause = "the law spoke of « atteinte à la sûreté de l'État » and of “the public order”"
    assert _marked(clause, "fr") == [("fr", "« atteinte à la sûreté de l'État »")]


def test_in_a_report_in_french_a_reply_in_english_is_marked() -> None:
    assert _marked("the arrest had no link with the event", "en", "fr") == [
        ("en", "the arrest had no link with the event")
    ]


def test_the_paragraph_of_a_response_carries_the_mark() -> None:
    said = {
        "un_actions": [{"ref": "u1", "by": ["cat"], "date": "2025-03-01"}],
        "responses": [
            {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-01", "language": "fr",
             "summary": "l'arrestation n'avait aucun lien avec la session."}
        ],
        "text": {"hrc-60": {"annex": "Of {p1}."}},
    }  # fmt: skip
    report, _ = compiled([case(**said)])
    nodes: list[Inline] = [
        node for part in report.parts for block in part.blocks for node in walk_inlines(getattr(block, "inlines", ()))
    ]
    (mark,) = [node for node in nodes if isinstance(node, Foreign)]
    assert mark == Foreign("fr", (Value("l'arrestation n'avait aucun lien avec la session"),))
