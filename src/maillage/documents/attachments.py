"""A file somebody attaches: only what it claims to be, small, and stripped of what it does not show (S-34).

A picture is never kept as it came: its pixels are drawn again on a fresh page, so that the place where it
was taken, the telephone, the hour, the thumbnail and the comments of the file are gone. What goes out of
here is sealed by whoever keeps it (`base.encryption.seal_bytes`).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
QUALITY = 82
# What a signed paper never needs, and a viewer may run. Compressed objects may hide it all the same: a PDF
# is only ever given back as a download.
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"/SubmitForm")


class Genre(StrEnum):
    """The kinds of file that may be kept."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


PHOTO = frozenset({Genre.JPEG, Genre.PNG, Genre.WEBP})
SCAN = PHOTO | {Genre.PDF}
WORDS = {Genre.JPEG: "JPEG", Genre.PNG: "PNG", Genre.WEBP: "WebP", Genre.PDF: "PDF"}
EXTENSIONS = {Genre.JPEG: "jpg", Genre.PNG: "png", Genre.WEBP: "webp", Genre.PDF: "pdf"}


class AttachmentRefused(Exception):
    """The file cannot be kept; the message is one French sentence."""


@dataclass(frozen=True)
class Attachment:
    """A file fit to be sealed: its bytes, and its kind (a picture always becomes a JPEG)."""

    content: bytes
    genre: Genre


def cleaned(raw: bytes, accepted: Collection[Genre], *, longest_side: int = LONGEST_SIDE) -> Attachment:
    """Return a file fit to be kept, whatever its name or its sender said it was.

    `raw` is the file as received (at most `LARGEST` bytes), `accepted` the kinds taken (`PHOTO`, `SCAN`);
    a picture larger than `longest_side` pixels is reduced to it. Raises AttachmentRefused.
    """
    if len(raw) > LARGEST:
        raise AttachmentRefused(f"Ce fichier est trop lourd : {LARGEST // 1024 // 1024} Mo au plus.")
    genre = sniffed(raw)
    if genre is None or genre not in accepted:
        known = ", ".join(WORDS[one] for one in Genre if one in accepted)
        raise AttachmentRefused(f"Ce fichier n'est pas d'un genre accepté ici : {known}.")
    if genre == Genre.PDF:
        return Attachment(_still(raw), genre)
    return Attachment(_redrawn(raw, genre, longest_side), Genre.JPEG)


def sniffed(raw: bytes) -> Genre | None:
    """Return the kind that the first bytes of a file show, never what its name says."""
    if raw.startswith(b"\xff\xd8\xff"):
        return Genre.JPEG
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return Genre.PNG
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return Genre.WEBP
    return Genre.PDF if raw.startswith(b"%PDF-") else None


def _still(raw: bytes) -> bytes:
    """Return a PDF that ends, opens without a password and shows nothing active."""
    if b"%%EOF" not in raw[-1024:]:
        raise AttachmentRefused("Ce PDF est abîmé : numérisez-le de nouveau.")
    if b"/Encrypt" in raw:
        raise AttachmentRefused("Ce PDF est protégé par un mot de passe : déposez-le sans protection.")
    if any(name in raw for name in ACTIVE):
        raise AttachmentRefused("Ce PDF contient autre chose que des pages : déposez-en une numérisation.")
    return raw


def _redrawn(raw: bytes, genre: Genre, longest_side: int) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _jpeg(_opened(raw, genre, longest_side), longest_side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        most = MOST_PIXELS // 1_000_000
        raise AttachmentRefused(
            f"Cette image est trop grande : {most} millions de points au plus."
        ) from error
    except Exception as error:  # a decoder given hostile bytes fails in many ways: each is a refusal
        raise AttachmentRefused("Cette image est abîmée : choisissez-en une autre.") from error


def _opened(raw: bytes, genre: Genre, longest_side: int) -> Image.Image:
    """Open a picture; its size is read before any pixel, and a JPEG is decoded no larger than needed."""
    picture: Image.Image = Image.open(io.BytesIO(raw), formats=[WORDS[genre]])
    if picture.width * picture.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    picture.draft("RGB", (longest_side, longest_side))
    return ImageOps.exif_transpose(picture)


def _jpeg(picture: Image.Image, longest_side: int) -> bytes:
    """Draw the pixels, and nothing else, on a white page of the same size."""
    picture.thumbnail((longest_side, longest_side))
    if picture.mode != "RGB":
        picture = picture.convert("RGBA")
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    kept = io.BytesIO()
    page.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()
