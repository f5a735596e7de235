"""An archive reads back whole, or says that it does not hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from maillage.base.keyring import Keyring, add_keys
from maillage.operations.archive import CHUNK_BYTES, ArchiveWriter, BadArchive, read_header, read_lines

LINES = [b'{"genre":"entete"}\n', '[1,"é"]\n'.encode(), b"[2]\n"]


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    Keyring.generate(tmp_path / "cles.json")
    return Keyring.load(tmp_path / "cles.json")


def written(folder: Path, ring: Keyring, lines: list[bytes] = LINES) -> Path:
    path = folder / "archive"
    with ArchiveWriter(path, {"contenu": "donnees"}, ring) as archive:
        for line in lines:
            archive.write(line)
    return path


def test_what_is_written_reads_back(tmp_path: Path, ring: Keyring) -> None:
    path = written(tmp_path, ring)
    assert list(read_lines(path, ring)) == LINES
    assert read_header(path)["contenu"] == "donnees"
    assert path.stat().st_mode & 0o777 == 0o600


def test_several_chunks_read_back(tmp_path: Path, ring: Keyring) -> None:
    chance = random.Random(1)
    lines = [chance.randbytes(CHUNK_BYTES).hex().encode() + b"\n" for _ in range(3)]
    assert list(read_lines(written(tmp_path, ring, lines), ring)) == lines


def test_nothing_of_the_content_is_readable(tmp_path: Path, ring: Keyring) -> None:
    path = written(tmp_path, ring, [b"CANARI-7f3a\n"])
    assert b"CANARI" not in path.read_bytes()


@pytest.mark.parametrize("place", ["header", "middle", "end"])
def test_a_changed_byte_is_seen(tmp_path: Path, ring: Keyring, place: str) -> None:
    path = written(tmp_path, ring)
    content = bytearray(path.read_bytes())
    at = {"header": content.index(b"donnees"), "middle": len(content) // 2 + 60, "end": len(content) - 1}
    content[at[place]] ^= 1
    path.write_bytes(content)
    with pytest.raises(BadArchive):
        list(read_lines(path, ring))


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.999])
def test_a_cut_is_seen(tmp_path: Path, ring: Keyring, kept: float) -> None:
    path = written(tmp_path, ring)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(BadArchive):
        list(read_lines(path, ring))


def test_a_missing_last_chunk_is_seen(tmp_path: Path, ring: Keyring) -> None:
    chance = random.Random(2)
    path = written(tmp_path, ring, [chance.randbytes(CHUNK_BYTES).hex().encode() + b"\n" for _ in range(2)])
    content = path.read_bytes()
    start = content.index(b"\n") + 1
    size = int.from_bytes(content[start : start + 4], "big")
    path.write_bytes(content[: start + 4 + size])
    with pytest.raises(BadArchive):
        list(read_lines(path, ring))


def test_another_installation_reads_nothing(tmp_path: Path, ring: Keyring) -> None:
    path = written(tmp_path, ring)
    Keyring.generate(tmp_path / "autres.json")
    with pytest.raises(BadArchive):
        list(read_lines(path, Keyring.load(tmp_path / "autres.json")))


def test_a_former_key_still_reads(tmp_path: Path, ring: Keyring) -> None:
    path = written(tmp_path, ring)
    add_keys(tmp_path / "cles.json")
    assert list(read_lines(path, Keyring.load(tmp_path / "cles.json"))) == LINES


def test_a_failure_leaves_no_file(tmp_path: Path, ring: Keyring) -> None:
    def lines() -> Iterator[bytes]:
        yield b"[1]\n"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), ArchiveWriter(tmp_path / "archive", {}, ring) as archive:
        any(archive.write(line) for line in lines())
    assert [path.name for path in tmp_path.iterdir()] == ["cles.json"]


def test_any_other_file_is_refused(tmp_path: Path, ring: Keyring) -> None:
    for content in (b"", b"bonjour\n", b'{"format":"autre"}\n', b"[1]\n"):
        (tmp_path / "autre").write_bytes(content)
        with pytest.raises(BadArchive):
            read_header(tmp_path / "autre")
