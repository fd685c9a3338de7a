from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from conftest import EPOCH, HOUSE
from sample import sample

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.house import load_house
from reprisal_cli.render.writers import render


def test_a_house_without_a_style_is_refused_with_the_name_of_the_style(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    docx.Document().save(str(own))
    with pytest.raises(ReprisalError) as caught:
        render(sample(), "docx", load_house(HOUSE, reference=own), EPOCH)
    assert "_ Single Txt_G" in caught.value.message


def test_a_workspace_can_bring_its_own_word_template(docx_file: bytes, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    document = docx.Document(BytesIO(docx_file))
    document.styles["_ Single Txt_G"].font.name = "Courier New"
    document.save(str(own))
    written = docx.Document(BytesIO(render(sample(), "docx", load_house(HOUSE, reference=own), EPOCH)))
    assert written.styles["_ Single Txt_G"].font.name == "Courier New"


def test_a_styles_file_that_lacks_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "styles.yaml").write_text("styles: {}\n")
    with pytest.raises(ReprisalError):
        load_house(tmp_path)
