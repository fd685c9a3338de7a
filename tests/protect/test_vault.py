"""The vault as an attacker meets it: moved and swapped files, wrong keys, cut armor, too few recipients, clear text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.protect.armor import stanzas
from reprisal_cli.protect.recipients import (
    RECIPIENTS,
    add_recipient,
    init_vault,
    is_pending,
    rekey,
    remove_recipient,
)
from reprisal_cli.protect.vault import parse_recipient, read_keys, seal, unseal
from reprisal_cli.protect.vault_check import check_vault
from reprisal_cli.protect.vault_files import Vault, document_path, locked, open_file, sealed_paths, write_sealed
from reprisal_cli.store.undo import put_back
from tests.protect.vaults import (
    CASE_ID,
    INSIDE,
    NAME,
    identity,
    keys,
    public,
    put_letter,
    put_record,
    sealed_data,
    vault,
)
from tests.store.killed import is_beside, killed_at
from tests.support.builders import case, corpus

PATH = f"XXA/{CASE_ID}.age"


def codes(made: Vault, *cases: object) -> list[str]:
    """What is found, but for a letter that answers nothing."""
    found = check_vault(made, corpus(cases or (sealed_data(),)))  # type: ignore[arg-type]
    return [one.code for one in found if one.code != "RC813"]


# --- opening --------------------------------------------------------------------------------------------------------


def test_each_recipient_opens_the_record_and_nobody_else_does(tmp_path: Path) -> None:
    one, two, stranger = identity(), identity(), identity()
    made = vault(tmp_path, one, two)
    put_record(made)
    assert open_file(made, PATH, keys(one)) == open_file(made, PATH, keys(two)) == INSIDE.encode()
    with pytest.raises(ReprisalError, match="does not open"):
        open_file(made, PATH, keys(stranger))


@pytest.mark.needs("age")
def test_debian_s_age_opens_records_and_documents_without_this_program(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    record, letter = put_record(made), put_letter(made, b"as received")
    (tmp_path / "key").write_text(f"{two}\n")
    said = subprocess.run(["age", "-d", "-i", tmp_path / "key", record], capture_output=True, check=True)
    assert said.stdout == INSIDE.encode()
    tar = subprocess.run(["age", "-d", "-i", tmp_path / "key", letter], capture_output=True, check=True).stdout
    out = subprocess.run(["tar", "xO", f"{CASE_ID}/XXA-letter.pdf"], input=tar, capture_output=True, check=True)
    assert out.stdout == b"as received"


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_ssh_keys_are_recipients_and_identities(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "invented", "-f", file], check=True)
    one = parse_recipient((tmp_path / "key.pub").read_text())
    other = parse_recipient(public(identity())[0])
    sealed = seal(b"clear", [one, other])
    opened = read_keys(file.read_bytes(), lambda: "")
    assert (one.kind, one.tag) in [(stanza.kind, stanza.tag) for stanza in stanzas(sealed) or ()]
    assert unseal(sealed, opened, "x") == b"clear"


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_an_ssh_key_with_a_passphrase_opens_with_it_alone(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "long words", "-f", file], check=True)
    one = parse_recipient((tmp_path / "key.pub").read_text())
    sealed = seal(b"clear", [one, parse_recipient(public(identity())[0])])
    assert unseal(sealed, read_keys(file.read_bytes(), lambda: "long words"), "x") == b"clear"
    with pytest.raises(ReprisalError, match="does not open") as caught:
        read_keys(file.read_bytes(), lambda: "wrong words")
    assert "words" not in caught.value.message + caught.value.hint


def test_an_identity_file_with_a_passphrase_opens_with_it_alone() -> None:
    import pyrage

    one = identity()
    raw = pyrage.passphrase.encrypt(f"# invented\n{one}\n".encode(), "long words", armored=True)
    assert len(read_keys(raw, lambda: "long words").identities) == 1
    with pytest.raises(ReprisalError) as caught:
        read_keys(raw, lambda: "wrong words")
    assert "words" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("raw", [b"", b"# nothing\n", b"AGE-SECRET-KEY-1NONSENSE\n", b"\xff\xfe", b"AGE-PLUGIN-X-1QQ"])
def test_what_is_no_identity_is_refused_without_quoting_it(raw: bytes) -> None:
    with pytest.raises(ReprisalError) as caught:
        read_keys(raw, lambda: "")
    assert "NONSENSE" not in caught.value.message + caught.value.hint


# --- moved, swapped, linked -----------------------------------------------------------------------------------------


def test_a_file_that_was_moved_to_another_case_is_refused(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    put_record(made).rename(made.root / "XXA/XXA-2025-102.age")
    with pytest.raises(ReprisalError, match="another place") as caught:
        open_file(made, "XXA/XXA-2025-102.age", keys(one))
    assert NAME not in caught.value.message + caught.value.hint


def test_a_document_that_was_moved_or_swapped_is_refused(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    letter, record = put_letter(made), put_record(made)
    shutil.copy(letter, letter.with_name("XXA-other.pdf.age"))
    with pytest.raises(ReprisalError, match="another place"):
        open_file(made, document_path(CASE_ID, "XXA-other.pdf"), keys(one))
    shutil.copy(letter, record)
    with pytest.raises(ReprisalError, match="another place"):
        open_file(made, PATH, keys(one))


def test_no_link_is_followed_in_the_vault(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    record = put_record(made)
    record.rename(tmp_path / "elsewhere.age")
    record.symlink_to(tmp_path / "elsewhere.age")
    with pytest.raises(ReprisalError, match="cannot be read"):
        open_file(made, PATH, keys(one))
    record.unlink()
    (made.root / "XXA").rmdir()
    (made.root / "XXA").symlink_to(tmp_path)
    with pytest.raises(ReprisalError, match="link"):
        write_sealed(made, PATH, b"x")
    assert "RC807" in codes(made)


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", "x\n"])
def test_no_name_of_a_document_leads_out_of_its_place(name: str) -> None:
    with pytest.raises(ReprisalError):
        document_path(CASE_ID, name)


# --- recipients -----------------------------------------------------------------------------------------------------


def test_fewer_than_two_recipients_are_refused_everywhere(tmp_path: Path) -> None:
    one, two = identity(), identity()
    with pytest.raises(ReprisalError, match="two recipients"):
        init_vault(Vault(tmp_path / "a", "a"), public(one))
    with pytest.raises(ReprisalError, match="two recipients"):
        init_vault(Vault(tmp_path / "b", "b"), public(one, one))
    made = vault(tmp_path, one, two)
    with pytest.raises(ReprisalError, match="two recipients"):
        remove_recipient(made, public(one)[0])
    (made.root / RECIPIENTS).write_text(public(one)[0] + "\n")
    with pytest.raises(ReprisalError, match="two recipients"):
        put_record(made)
    assert "RC803" in codes(made)


def test_a_private_key_among_the_recipients_is_found_and_not_quoted(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    with (made.root / RECIPIENTS).open("a") as stream:
        stream.write(f"{one}\n")
    found = check_vault(made, corpus([sealed_data()]))
    assert "RC804" in [item.code for item in found]
    assert str(one) not in str(found)


def test_rekey_seals_all_to_the_present_recipients_and_is_asked_for_until_then(tmp_path: Path) -> None:
    one, two, three = identity(), identity(), identity()
    made = vault(tmp_path, one, two)
    put_record(made)
    put_letter(made)
    assert codes(made) == []
    assert add_recipient(made, public(three)[0], "kept offline") == 2
    assert remove_recipient(made, public(one)[0]) == 2
    assert codes(made) == ["RC808"]
    assert rekey(made, keys(two)) == 2
    assert codes(made) == []
    assert open_file(made, PATH, keys(three)) == INSIDE.encode()
    with pytest.raises(ReprisalError):
        open_file(made, PATH, keys(one))


def test_rekey_leaves_all_as_it_was_if_one_file_does_not_open(tmp_path: Path) -> None:
    one, two, stranger = identity(), identity(), identity()
    made = vault(tmp_path, one, two)
    record, letter = put_record(made), put_letter(made)
    shutil.copy(record, made.root / "XXA/XXA-2025-102.age")
    before = {path: path.read_bytes() for path in (record, letter, made.root / RECIPIENTS)}
    for key in (one, stranger):
        with pytest.raises(ReprisalError):
            rekey(made, keys(key))
        assert {path: path.read_bytes() for path in before} == before


def test_a_rekey_that_is_interrupted_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprisal_cli.protect import recipients as module

    one, two, three = identity(), identity(), identity()
    made = vault(tmp_path, one, two)
    put_record(made)
    put_letter(made)
    add_recipient(made, public(three)[0])
    before = {path: path.read_bytes() for path in made.root.rglob("*") if path.is_file()}
    done: list[bytes] = []

    def stop(*given: Any) -> bytes:
        if done:
            raise KeyboardInterrupt
        done.append(seal(*given))
        return done[0]

    monkeypatch.setattr(module, "seal", stop)
    with pytest.raises(KeyboardInterrupt):
        rekey(made, keys(one))
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in made.root.rglob("*") if path.is_file()} == before
    assert rekey(made, keys(one)) == 2
    assert codes(made) == []


@pytest.mark.parametrize("calls", [("replace", "rename", "unlink"), ("fsync",)], ids=["names", "fsync"])
def test_a_rekey_that_is_killed_leaves_all_to_the_old_or_to_the_new_and_a_second_one_finishes(
    tmp_path: Path, calls: tuple[str, ...]
) -> None:
    """At every fsync and rename, in a vault by itself: somebody who is to stay opens all, at once and afterwards."""
    leaves, stays, comes = identity(), identity(), identity()
    made = vault(tmp_path / "start", leaves, stays)
    put_record(made)
    put_letter(made)
    add_recipient(made, public(comes)[0])
    remove_recipient(made, public(leaves)[0])
    old = {path.relative_to(made.root): path.read_bytes() for path in made.root.rglob("*.age")}
    for at in range(1, 60):
        here = Vault(tmp_path / f"{at}", "vault")
        shutil.copytree(made.root, here.root)
        ended = not killed_at(calls, at, lambda here=here: rekey(here, keys(stays)))  # type: ignore[misc]
        for path in sealed_paths(here):
            assert open_file(here, path, keys(stays)), "before anything is taken back"
        assert not [path for path in here.root.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
        put_back(here.root)
        same = {path for path, raw in old.items() if (here.root / path).read_bytes() == raw}
        assert len(same) == (2 if is_pending(here) else 0)
        assert codes(here) == (["RC808"] if is_pending(here) else [])
        if is_pending(here):
            assert rekey(here, keys(stays)) == 2
            assert not [path for path in here.root.rglob("*") if is_beside(path.name)]
        assert codes(here) == []
        assert open_file(here, PATH, keys(comes)) == INSIDE.encode()
        if ended:
            return
    pytest.fail("a rekey asks more of the system than is tried")


def test_two_commands_do_not_write_to_a_vault_at_once(tmp_path: Path) -> None:
    made = vault(tmp_path, identity(), identity())
    with locked(made), pytest.raises(ReprisalError, match="another command"), locked(made):
        pass


# --- check ----------------------------------------------------------------------------------------------------------


def test_check_passes_where_nothing_is_sealed(tmp_path: Path) -> None:
    plain = case(persons=[{**case()["persons"][0], "name": "not-stated"}])
    assert codes(Vault(tmp_path / "none", "none"), plain) == []
    init_vault(Vault(tmp_path / "empty", "empty"), [])
    assert codes(Vault(tmp_path / "empty", "empty"), plain) == []


def test_check_finds_what_is_sealed_and_not_there(tmp_path: Path) -> None:
    made = vault(tmp_path, identity(), identity())
    action = {"ref": "u1", "by": ["ohchr"], "kind": "note-verbale", "to": ["XXA"]}
    reply = {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-25", "document": "XXA-letter.pdf"}
    data = sealed_data(un_actions=[action], responses=[reply])
    assert codes(made, data) == ["RC801", "RC801", "RC802"]
    put_record(made)
    put_letter(made)
    assert codes(made, data) == []


def test_check_names_a_document_that_no_reply_names(tmp_path: Path) -> None:
    made = vault(tmp_path, identity(), identity())
    put_record(made)
    put_letter(made)
    (found,) = check_vault(made, corpus([sealed_data()]))
    assert (found.code, found.severity) == ("RC813", "note")
    assert found.location.path == f"vault/XXA/{CASE_ID}/XXA-letter.pdf.age"
    assert f"`reprisal case set {CASE_ID} responses.rN.document=XXA-letter.pdf`" in found.hint


@pytest.mark.parametrize("cut", [1, 34, 60, 200, 400])
def test_cut_armor_is_found_without_a_key(tmp_path: Path, cut: int) -> None:
    made = vault(tmp_path, identity(), identity())
    record = put_record(made)
    record.write_bytes(record.read_bytes()[:-cut])
    assert codes(made) == (["RC805"] if cut > 1 else [])


@pytest.mark.parametrize(
    "content", [b"", b"case: XXA-2025-101\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"\x00" * 99]
)
def test_clear_text_in_the_place_of_a_sealed_file_is_found(tmp_path: Path, content: bytes) -> None:
    made = vault(tmp_path, identity(), identity())
    put_record(made).write_bytes(content)
    assert codes(made) == ["RC805"]


@pytest.mark.parametrize(
    "name",
    ["XXA/XXA-2025-101.yaml", "XXA/XXA-2025-101.age~", "notes.txt", "XXB/XXA-2025-101.age", "XXA/XXA-2025-999.age"],
)
def test_whatever_does_not_belong_in_the_vault_is_found(tmp_path: Path, name: str) -> None:
    made = vault(tmp_path, identity(), identity())
    shutil.copy(put_record(made), tmp_path / "copy")
    (made.root / name).parent.mkdir(exist_ok=True)
    shutil.copy(tmp_path / "copy", made.root / name)
    assert codes(made) == ["RC807"]


def test_a_record_without_an_entry_is_found_with_a_key(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    put_record(made, f"case: {CASE_ID}\npersons:\n  p1: {{name: {NAME}}}\n  p7: {{name: {NAME}}}\n")
    found = check_vault(made, corpus([sealed_data()]), keys(one))
    assert sorted(item.code for item in found) == ["RC809", "RC810"]
    assert NAME not in str(found)
