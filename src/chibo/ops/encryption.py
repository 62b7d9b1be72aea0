"""A file encrypted with a passphrase, as age does it: scrypt makes the key, ChaCha20-Poly1305 seals pieces in order.

Each piece is numbered and the last one marked in its nonce, so pieces cannot be changed, left out, swapped or cut off.
The key is fresh for each file (random salt), so numbers may begin at 0.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

HEAD = b"chibo-encrypted-1\n"
SALT_BYTES = 16
PIECE = 1024 * 1024
TAG_BYTES = 16


class WrongPassphrase(Exception):
    """The passphrase is another one, or the file was changed or cut off: the two cannot be told apart."""


def encrypt(source: Path, target: Path, passphrase: str) -> None:
    """Write `source` encrypted to `target`, which must not exist."""
    salt = os.urandom(SALT_BYTES)
    cipher = ChaCha20Poly1305(key_of(passphrase, salt))
    with source.open("rb") as plain, target.open("xb") as sealed:
        os.fchmod(sealed.fileno(), 0o600)
        sealed.write(HEAD + salt)
        for number, (piece, last) in enumerate(pieces(plain, PIECE)):
            sealed.write(cipher.encrypt(nonce(number, last=last), piece, None))


def decrypt(source: Path, target: Path, passphrase: str) -> None:
    """Write `source` in the clear to `target`; raises WrongPassphrase before more than a good piece is written."""
    with source.open("rb") as sealed, target.open("xb") as plain:
        os.fchmod(plain.fileno(), 0o600)
        sealed.read(len(HEAD))
        cipher = ChaCha20Poly1305(key_of(passphrase, sealed.read(SALT_BYTES)))
        try:
            for number, (piece, last) in enumerate(pieces(sealed, PIECE + TAG_BYTES)):
                plain.write(cipher.decrypt(nonce(number, last=last), piece, None))
        except InvalidTag as error:
            raise WrongPassphrase from error


def is_encrypted(file: Path) -> bool:
    """Whether a file begins as ours do."""
    with file.open("rb") as content:
        return content.read(len(HEAD)) == HEAD


def pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The file in pieces, each with whether it is the last; an empty file is one empty piece."""
    piece = file.read(size)
    while following := file.read(size):
        yield piece, False
        piece = following
    yield piece, True


def nonce(number: int, *, last: bool) -> bytes:
    """Eleven bytes of number, one that marks the last piece."""
    return number.to_bytes(11, "big") + bytes([last])


def key_of(passphrase: str, salt: bytes) -> bytes:
    """About a tenth of a second and 32 MB for each guess."""
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
