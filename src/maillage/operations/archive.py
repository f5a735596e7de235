"""An encrypted file that is whole or not at all: a header line in clear, then sealed chunks.

The header is one JSON object on one line; it says which key of the key file opens the rest. Each
chunk is a four-byte length and its AES-256-GCM ciphertext; its nonce holds its rank and whether it
is the last, and the header is authenticated with it. A chunk moved, changed, missing or cut is seen.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from maillage.base.keyring import Keyring

FORMAT = "maillage-archive-1"
CHUNK_BYTES = 1 << 20
LENGTH_BYTES, TAG_BYTES = 4, 16
HEADER_MAX = 1 << 16


class BadArchive(Exception):
    """The file is not an archive of this installation, or it is damaged; one French sentence."""


class ArchiveWriter:
    """Writes lines into an encrypted file; `path` appears only once everything is in it.

    Use it as a context manager; an exception inside leaves nothing behind.
    """

    def __init__(self, path: Path, header: Mapping[str, str], ring: Keyring) -> None:
        """Open `path` under a provisional name, sealed by the current key of `ring`."""
        salt = secrets.token_bytes(16)
        full = {**header, "format": FORMAT, "cle": ring.current, "sel": base64.b64encode(salt).decode()}
        self._header = json.dumps(full, ensure_ascii=True, sort_keys=True).encode() + b"\n"
        self._aes = AESGCM(_key(ring.keks[ring.current], salt))
        self._path, self._partial = path, path.with_name(f"{path.name}.part")
        self._file: BinaryIO = self._partial.open("wb")
        self._partial.chmod(0o600)
        self._file.write(self._header)
        self._squeeze, self._waiting, self._rank = zlib.compressobj(6), bytearray(), 0

    def write(self, line: bytes) -> None:
        """Add one line, newline included."""
        self._waiting += self._squeeze.compress(line)
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]

    def __enter__(self) -> ArchiveWriter:
        """Return the writer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Seal the end, put the bytes on the disk, then give the file its name."""
        try:
            if kind is None:
                self._waiting += self._squeeze.flush()
                self._seal(bytes(self._waiting), last=True)
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()
            if kind is not None:
                self._partial.unlink(missing_ok=True)
        if kind is None:
            self._partial.replace(self._path)

    def _seal(self, clear: bytes, *, last: bool) -> None:
        sealed = self._aes.encrypt(_nonce(self._rank, last=last), clear, self._header)
        self._file.write(len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed)
        self._rank += 1


def read_header(path: Path) -> dict[str, str]:
    """Return what an archive says of itself in clear.

    Raises BadArchive when it is none, OSError when it cannot be read.
    """
    with path.open("rb") as file:
        return _header(file)[1]


def read_lines(path: Path, ring: Keyring) -> Iterator[bytes]:
    """Yield the lines of an archive, newline included.

    Raises BadArchive at the first byte that does not hold, a missing end included.
    """
    with path.open("rb") as file:
        raw, said = _header(file)
        kek = ring.keks.get(said.get("cle", ""))
        if kek is None:
            raise BadArchive("Ce trousseau n'a pas la clé de cette sauvegarde.")
        rest = b""
        unsqueeze = zlib.decompressobj()
        for clear in _chunks(file, AESGCM(_key(kek, base64.b64decode(said["sel"]))), raw):
            *whole, rest = (rest + unsqueeze.decompress(clear)).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if rest or not unsqueeze.eof:
            raise BadArchive("Ce fichier s'arrête avant sa fin.")


def _header(file: BinaryIO) -> tuple[bytes, dict[str, str]]:
    raw = file.readline(HEADER_MAX)
    try:
        said = json.loads(raw)
    except ValueError as error:
        raise BadArchive("Ce fichier n'est pas une sauvegarde de Maillage.") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadArchive("Ce fichier n'est pas une sauvegarde de Maillage.")
    return raw, said


def _chunks(file: BinaryIO, aes: AESGCM, header: bytes) -> Iterator[bytes]:
    sealed, rank = _next(file), 0
    while sealed is not None:
        following = _next(file)
        try:
            yield aes.decrypt(_nonce(rank, last=following is None), sealed, header)
        except InvalidTag as error:
            raise BadArchive("Ce fichier a été changé, coupé, ou vient d'une autre installation.") from error
        sealed, rank = following, rank + 1


def _next(file: BinaryIO) -> bytes | None:
    size = file.read(LENGTH_BYTES)
    if not size:
        return None
    wanted = int.from_bytes(size, "big")
    sealed = file.read(wanted) if len(size) == LENGTH_BYTES and wanted <= CHUNK_BYTES + TAG_BYTES else b""
    if not sealed or len(sealed) < wanted:
        raise BadArchive("Ce fichier s'arrête avant sa fin.")
    return sealed


def _nonce(rank: int, *, last: bool) -> bytes:
    return rank.to_bytes(11, "big") + bytes([last])


def _key(kek: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=FORMAT.encode()).derive(kek)
