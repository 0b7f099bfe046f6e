"""My key stays mine, a colleague's is known by first use, and another one in their name is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import keys, paths, whoami
from annotator.domain.errors import UserError

OTHER, THIRD = "ab" * 32, "cd" * 32
BO = "0190a000-0000-7000-8000-00000000000b"


def own_file() -> Path:
    return paths.config_dir() / "identity.key"


def test_a_key_is_made_with_the_identity_and_stays() -> None:
    assert not keys.is_made()
    whoami.save_identity("Ana")
    assert keys.is_made()
    first = keys.public_hex()
    whoami.save_identity("Anna")
    assert keys.public_hex() == first


def test_an_older_identity_gets_its_key_at_first_use() -> None:
    whoami.save_identity("Ana")
    own_file().unlink()
    signature = keys.sign(b"digest")
    assert keys.verify(keys.public_hex(), b"digest", signature)
    assert keys.verify(keys.public_hex(), b"digest", signature.hex())
    assert not keys.verify(keys.public_hex(), b"Digest", signature)
    assert not keys.verify(OTHER, b"digest", signature)


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nobody_else_can_read_it() -> None:
    mask = os.umask(0)
    try:
        keys.make()
        keys.trust(BO, OTHER)
    finally:
        os.umask(mask)
    assert own_file().stat().st_mode & 0o777 == 0o600
    own_file().chmod(0o644)
    keys.public_hex()
    assert own_file().stat().st_mode & 0o777 == 0o600


def test_what_two_windows_make_at_once_is_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.make()
    first = keys.public_hex()
    monkeypatch.setattr(keys, "is_made", lambda: False)  # as the second saw it a moment ago
    keys.make()
    assert keys.public_hex() == first


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"00" * 31, b"zz" * 32, b"-----BEGIN"])
def test_a_damaged_key_is_told_and_not_replaced(content: bytes) -> None:
    keys.make()
    own_file().write_bytes(content)
    with pytest.raises(UserError, match=r"identity\.key: the key that you sign packages with cannot be read") as told:
        keys.sign(b"digest")
    if content:
        assert content.decode("latin-1") not in str(told.value)
    assert own_file().read_bytes() == content


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match=r"could not be kept in .*: No space left"):
        keys.make()
    with pytest.raises(UserError, match=r"could not be kept in .*: No space left"):
        keys.trust(BO, OTHER)
    assert not keys.is_made()
    assert keys.trusted() == {}


# whose key it is


def test_a_key_is_known_from_its_first_use_on() -> None:
    whoami.save_identity("Ana")
    assert keys.badge(BO, "") == "unsigned"
    assert keys.badge(BO, OTHER) == "first"
    assert keys.badge(BO, OTHER) == "first"  # looking is not trusting
    keys.trust(BO, OTHER)
    assert keys.badge(BO, OTHER) == "known"
    assert keys.badge(BO, THIRD) == "other"
    keys.trust(BO, THIRD)
    assert (keys.badge(BO, THIRD), keys.badge(BO, OTHER)) == ("known", "other")
    keys.trust(BO, "")
    assert keys.badge(BO, OTHER) == "first"
    assert keys.trusted() == {}


def test_my_own_name_is_signed_by_my_own_key_only() -> None:
    me = whoami.save_identity("Ana")
    me = whoami.add_also(BO)
    for id in (me.annotator.id, BO):
        assert keys.badge(id, keys.public_hex()) == "known"
        assert keys.badge(id, OTHER) == "other"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 3}', b'{"a": "xyz"}', b"\xff", b"[" * 100_000])
def test_damaged_trust_is_told_and_never_a_first_time(content: bytes) -> None:
    whoami.save_identity("Ana")
    (paths.config_dir() / "trusted.json").write_bytes(content)
    for act in (lambda: keys.badge(BO, OTHER), lambda: keys.trust(BO, OTHER), keys.trusted):
        with pytest.raises(UserError, match=r"trusted\.json: the keys by which you know colleagues cannot be read"):
            act()
    assert (paths.config_dir() / "trusted.json").read_bytes() == content


def test_what_is_no_key_is_not_trusted() -> None:
    with pytest.raises(UserError, match="64 hexadecimal digits"):
        keys.trust(BO, "my key")


def test_nothing_waits_for_the_library_at_the_start() -> None:
    whoami.save_identity("Ana")
    call = (
        "import sys; from annotator import whoami, keys; whoami.identity(); whoami.acting(whoami.identity(), ()); "
        "keys.make(); print({'nacl', 'tomllib', '_cffi_backend', 'msgspec'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
