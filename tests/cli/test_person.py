"""whoami and trust as one types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import keys, whoami
from annotator.cli.main import main
from annotator.exchange import package
from tests.builders import ANA
from tests.packages import HEADER, signed, small

Captured = pytest.CaptureFixture[str]


def test_an_identity_goes_to_another_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    file = tmp_path / "ana.annotator-identity"
    assert main(["whoami", "--name", "Ana Ruiz"]) == 0
    assert main(["whoami", "--save", str(file)]) == 0
    assert "can sign packages as you" in capsys.readouterr().err
    assert main(["whoami", "--save", str(file)]) == 1
    assert "is there already; nothing was written" in capsys.readouterr().err
    assert main(["whoami", "--save", str(file), "--force"]) == 0
    key = keys.public_hex()
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "laptop"))
    assert main(["whoami", "--name", "A. Ruiz"]) == 0
    capsys.readouterr()
    assert main(["whoami", "--take", str(file)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("You are Ana Ruiz (")
    assert "as A. Ruiz" in said.out
    assert keys.public_hex() == key
    assert key not in said.out + said.err
    assert keys.seed() not in said.out + said.err
    assert main(["whoami", "--take", str(tmp_path / "none")]) == 1
    assert "is no file" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--save", "x", "--take", "y"], ["--name", "A", "--take", "y"], ["--force"]])
def test_one_wish_at_a_time(words: list[str], capsys: Captured) -> None:
    assert main(["whoami", *words]) == 2
    assert whoami.identity() is None


def test_a_colleague_is_known_by_the_key_of_a_package(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "p.annotator-package"
    package.write(file, HEADER, small())
    assert main(["trust", str(file)]) == 1
    assert "is not signed" in capsys.readouterr().err
    package.write(file, signed(), small(), keys.sign, replace=True)
    for words in ("is known by this key now", "was known by this key already"):
        assert main(["trust", str(file)]) == 0
        said = capsys.readouterr()
        assert said.out.strip() == f"{ANA.id}  {keys.grouped(keys.public_hex())}"
        assert f"Ana {words}" in said.err
    assert main(["trust", ANA.id, "--key", "AB" * 32]) == 0
    assert keys.badge(ANA.id, keys.public_hex()) == "other"
    assert main(["trust", str(file)]) == 0
    assert "by the one before no more" in capsys.readouterr().err
    assert keys.badge(ANA.id, keys.public_hex()) == "known"
    assert main(["trust", ANA.id]) == 0
    assert keys.public_hex()[:8] in capsys.readouterr().out
    assert main(["trust", ANA.id, "--forget"]) == 0
    assert main(["trust", ANA.id, "--forget"]) == 0
    assert "There was no key" in capsys.readouterr().err
    assert main(["trust", ANA.id]) == 1
    file.write_bytes(file.read_bytes()[:-1])
    assert main(["trust", str(file)]) == 1
    assert "damaged or cut off" in capsys.readouterr().err
    assert keys.trusted() == {}


def test_the_keys_that_are_known(capsys: Captured) -> None:
    assert main(["trust"]) == 0
    assert capsys.readouterr().out == ""
    assert not keys.is_made()
    me = whoami.save_identity("Lena")
    keys.trust(ANA.id, "ab" * 32)
    assert main(["trust"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{me.annotator.id}  {keys.grouped(keys.public_hex())}  (you)", f"{ANA.id}  {' '.join(['abababab'] * 8)}"
    ]  # fmt: skip
    assert "1 colleague known" in said.err
    assert main(["trust", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "me": {"id": me.annotator.id, "key": keys.public_hex()}, "trusted": [{"id": ANA.id, "key": "ab" * 32}]
    }  # fmt: skip
    for words, code in ((["--forget"], 2), (["--key", "x"], 2), ([ANA.id, "--key", "x", "--forget"], 2),
                        (["Ana", "--forget"], 2), ([ANA.id, "--key", "x"], 1), (["Ana"], 1)):  # fmt: skip
        assert main(["trust", *words]) == code
    assert keys.trusted() == {ANA.id: "ab" * 32}
