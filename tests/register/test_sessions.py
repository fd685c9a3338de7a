"""Sessions: what stands in the masthead."""

from datetime import date

import pytest

from reprisal_cli.register.schema import RegisterError
from reprisal_cli.register.sessions import sessions


def test_the_forty_fifth_session_is_as_its_masthead_has_it() -> None:
    session = sessions().get("hrc", 45)
    assert session is not None
    assert (session.opens, session.closes) == (date(2020, 9, 14), date(2020, 10, 2))


@pytest.mark.parametrize("number", range(15, 61, 3))
def test_every_session_that_received_a_report_has_its_opening_in_september(number: int) -> None:
    session = sessions().get("hrc", number)
    assert session is not None
    assert session.opens is not None
    assert session.opens.month == 9


def test_the_assembly_has_its_sessions_from_the_seventy_seventh() -> None:
    assert [sessions().get("ga", number) is not None for number in (77, 78, 79, 80)] == [True] * 4


def test_a_session_in_words() -> None:
    assert sessions().title(45, "en") == "Forty-fifth session"
    assert sessions().running(60, "en") == "sixtieth session"


def test_a_session_that_is_not_there_is_none() -> None:
    assert sessions().get("hrc", 999) is None


def test_a_language_without_wording_is_told() -> None:
    with pytest.raises(RegisterError, match="no wording in ar"):
        sessions().title(45, "ar")
