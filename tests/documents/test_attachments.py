"""What may be attached: sniffed, small, drawn again, and nothing of it but what it shows."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from maillage.documents.attachments import (
    LARGEST,
    PHOTO,
    SCAN,
    Attachment,
    AttachmentRefused,
    Genre,
    cleaned,
)

CANARY = "CANARI-7f3a"
LIMOGES = {1: "N", 2: (45.0, 50.0, 1.0), 3: "E", 4: (1.0, 15.0, 42.0)}
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF\n"


def picture(size: tuple[int, int] = (40, 20), colour: str = "red") -> Image.Image:
    """Return a picture whose left half is of that colour, the right half blue."""
    made = Image.new("RGB", size, colour)
    made.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return made


def telling(form: str) -> bytes:
    """Return a file that tells where, when, with what and by whom it was taken, turned a quarter."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, CANARY, CANARY
    exif.get_ifd(0x8825).update(LIMOGES)
    kept = io.BytesIO()
    extra: dict[str, object] = {"exif": exif, "xmp": CANARY.encode()}
    if form == "JPEG":
        extra |= {"comment": CANARY.encode(), "icc_profile": CANARY.encode(), "quality": 95}
    if form == "PNG":
        info = PngInfo()
        info.add_text("Author", CANARY)
        extra = {"exif": exif, "pnginfo": info}
    picture().save(kept, form, **extra)
    return kept.getvalue()


@pytest.mark.requirement("S-34")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_pixels_and_tells_nothing_more(form: str) -> None:
    raw = telling(form)
    assert CANARY.encode() in raw
    kept = cleaned(raw, PHOTO)
    seen = Image.open(io.BytesIO(kept.content))
    assert (kept.genre, seen.format, seen.mode, seen.size) == (Genre.JPEG, "JPEG", "RGB", (20, 40))
    assert (CANARY.encode() in kept.content, dict(seen.getexif()), set(seen.info)) == (
        False,
        {},
        {"jfif", "jfif_version", "jfif_unit", "jfif_density"},
    )
    top, bottom = seen.getpixel((10, 5)), seen.getpixel((10, 35))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, top[2] < 60, bottom[0] < 60, bottom[2] > 200) == (True, True, True, True)


def test_a_large_picture_is_reduced_and_a_transparent_one_is_laid_on_white() -> None:
    kept = io.BytesIO()
    Image.new("RGBA", (3000, 30), (0, 0, 0, 0)).save(kept, "PNG")
    seen = Image.open(io.BytesIO(cleaned(kept.getvalue(), PHOTO, longest_side=300).content))
    assert (seen.size, seen.getpixel((5, 1))) == ((300, 3), (255, 255, 255))


def test_a_plain_pdf_is_kept_as_it_came_where_a_scan_is_taken() -> None:
    assert cleaned(PDF, SCAN) == Attachment(PDF, Genre.PDF)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims millions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


TAKEN = "Ce fichier n'est pas d'un genre accepté ici : JPEG, PNG, WebP."
DAMAGED = "Cette image est abîmée : choisissez-en une autre."
TOO_LARGE = "Cette image est trop grande : 50 millions de points au plus."
ACTIVE = "Ce PDF contient autre chose que des pages : déposez-en une numérisation."
REFUSED: dict[str, tuple[Callable[[], bytes], frozenset[Genre], str]] = {
    "a pdf for a photo": (lambda: PDF, PHOTO, TAKEN),
    "a page": (lambda: b"<html><script>alert(1)</script>", PHOTO, TAKEN),
    "a drawing that runs": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", PHOTO, TAKEN),
    "an animation": (lambda: b"GIF89a" + bytes(40), PHOTO, TAKEN),
    "nothing": (lambda: b"", PHOTO, TAKEN),
    "half a picture": (lambda: telling("JPEG")[:-400], PHOTO, DAMAGED),
    "a head alone": (lambda: b"\xff\xd8\xff\xe0", PHOTO, DAMAGED),
    "too many pixels": (lambda: bomb(50_000, 50_000), PHOTO, TOO_LARGE),
    "too heavy": (
        lambda: b"\xff\xd8\xff" + bytes(LARGEST),
        PHOTO,
        "Ce fichier est trop lourd : 10 Mo au plus.",
    ),
    "a broken pdf": (lambda: b"%PDF-1.7\n", SCAN, "Ce PDF est abîmé : numérisez-le de nouveau."),
    "a locked pdf": (
        lambda: PDF.replace(b"/Type", b"/Encrypt 4 0 R /Type"),
        SCAN,
        "Ce PDF est protégé par un mot de passe : déposez-le sans protection.",
    ),
    "a pdf that runs": (lambda: PDF.replace(b"/Type", b"/JS (x) /Type"), SCAN, ACTIVE),
}


@pytest.mark.requirement("S-34")
@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_in_one_sentence(name: str) -> None:
    make, accepted, sentence = REFUSED[name]
    with pytest.raises(AttachmentRefused) as refused:
        cleaned(make(), accepted)
    assert str(refused.value) == sentence


@given(st.data())
def test_a_spoiled_picture_is_drawn_or_refused_and_never_fails_otherwise(data: st.DataObject) -> None:
    raw = bytearray(telling(data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"]))))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = cleaned(bytes(raw), PHOTO)
    except AttachmentRefused:
        return
    assert CANARY.encode() not in kept.content
