"""`reprisal template check`: what a Word template lacks, as its owner reads it."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.cli.run import reprisal


def test_a_template_that_lacks_much_is_told_what_to_do_once_for_all_that_it_helps_with(tmp_path: Path) -> None:
    path = tmp_path / "plain.docx"
    docx.Document().save(str(path))
    ran = reprisal(Path(__file__).parents[2], "template", "check", str(path))
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert "there is no paragraph style named `_ H_1_G`, which dresses: heading 1" in lines
    helps = [line for line in lines if line.startswith("  help: ")]
    assert len(helps) == len(set(helps))
    assert "things are lacking" in lines[-1]
