"""Two drawings of the kiosque, before and after it is painted: the demonstration has no photo."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from maillage.documents.attachments import PHOTO, Attachment, cleaned

SIZE = (960, 720)
GREY = {"sky": "#c9ced4", "ground": "#9a9a92", "roof": "#6d6a66", "post": "#85817b", "wall": "#a8a39b"}
BRIGHT = {"sky": "#bfe0f2", "ground": "#8fb573", "roof": "#b8442f", "post": "#f3e9d2", "wall": "#2f7f8c"}


def kiosk(*, painted: bool) -> Attachment:
    """Return a drawing of the kiosque as a picture fit to be kept."""
    colours = BRIGHT if painted else GREY
    page = Image.new("RGB", SIZE, colours["sky"])
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 560, 960, 720), fill=colours["ground"])
    draw.polygon([(480, 110), (160, 290), (800, 290)], fill=colours["roof"])
    draw.rectangle((180, 290, 780, 312), fill=colours["post"])
    for left in (200, 390, 550, 740):
        draw.rectangle((left, 312, left + 22, 600), fill=colours["post"])
    draw.rectangle((190, 500, 770, 600), fill=colours["wall"])
    draw.rectangle((150, 600, 810, 630), fill=colours["post"])
    if not painted:
        for left in range(220, 740, 60):
            draw.arc((left, 515, left + 50, 575), 20, 300, fill="#4a4640", width=6)
    kept = io.BytesIO()
    page.save(kept, "PNG")
    return cleaned(kept.getvalue(), PHOTO)
