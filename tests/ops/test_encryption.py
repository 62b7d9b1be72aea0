"""A backup's encryption: only the right words open it, and no changed byte passes."""

from pathlib import Path

import pytest

from chibo.ops import encryption
from chibo.ops.encryption import HEAD, PIECE, SALT_BYTES, TAG_BYTES, WrongPassphrase

WORDS = "đồng lúa chín vàng bảy mẫu"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Two and a half pieces, encrypted."""
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(range(256)) * (PIECE // 256 * 5 // 2))
    encryption.encrypt(plain, tmp_path / "sealed", WORDS)
    return tmp_path / "sealed"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_goes_in_comes_out(tmp_path: Path, size: int) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"x" * size)
    encryption.encrypt(plain, tmp_path / "sealed", WORDS)
    assert encryption.is_encrypted(tmp_path / "sealed")
    encryption.decrypt(tmp_path / "sealed", tmp_path / "again", WORDS)
    assert (tmp_path / "again").read_bytes() == plain.read_bytes()
    assert (tmp_path / "sealed").stat().st_mode & 0o077 == 0


def test_other_words_do_not_open_it(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        encryption.decrypt(sealed, tmp_path / "again", WORDS + " ")


def test_pieces_can_be_neither_changed_nor_cut_off_nor_swapped(sealed: Path, tmp_path: Path) -> None:
    content, head, piece = sealed.read_bytes(), len(HEAD) + SALT_BYTES, PIECE + TAG_BYTES
    first, second = content[head : head + piece], content[head + piece : head + 2 * piece]
    spoiled = {
        "changed": content[:-1] + bytes([content[-1] ^ 1]),
        "cut off at a piece": content[: head + 2 * piece],
        "cut off in a piece": content[: head + piece + 5],
        "swapped": content[:head] + second + first + content[head + 2 * piece :],
        "lengthened": content + b"x",
    }
    for number, (name, bytes_) in enumerate(spoiled.items()):
        sealed.write_bytes(bytes_)
        with pytest.raises(WrongPassphrase):
            encryption.decrypt(sealed, tmp_path / f"again{number}", WORDS)
            pytest.fail(name)
