from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from conftest import EPOCH, HOUSE
from docx.enum.style import WD_STYLE_TYPE
from sample import sample

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.house import House, load_house
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


def test_a_plain_word_template_will_do_if_it_has_the_styles(house: House, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    document = docx.Document()
    kinds = {"footnote_sign": WD_STYLE_TYPE.CHARACTER, "page_number": WD_STYLE_TYPE.CHARACTER}
    known = {style.name.lower() for style in document.styles}
    for part, name in house.styles.items():
        if name.lower() not in known:
            document.styles.add_style(name, kinds.get(part, WD_STYLE_TYPE.PARAGRAPH))
    document.save(str(own))
    written = docx.Document(BytesIO(render(sample(), "docx", load_house(HOUSE, reference=own), EPOCH)))
    assert any(p.style.name == "_ Single Txt_G" for p in written.paragraphs)


def test_a_styles_file_that_lacks_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "styles.yaml").write_text("styles: {}\n")
    with pytest.raises(ReprisalError):
        load_house(tmp_path)
