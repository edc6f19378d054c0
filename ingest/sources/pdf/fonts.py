"""A font of a PDF -> the characters, widths and weight behind the bytes that a page shows. Used by ``drawing``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

# pypdf's own extraction says where a line begins and not where its words end, which columns and tables are found by.
# What a font's codes mean it knows only here; the lock file names the version.
from pypdf.generic._font import Font as PypdfFont

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]medi$|^(\w{6}\+)?cm(ss)?bx|extrabd", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
#: What stands for a character that the file gives no meaning to.
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a font."""

    text: str
    """The characters that it stands for; several for a ligature."""
    width: float
    """Its width, in units of the font's size."""
    blank: bool
    """Whether nothing is to be seen of it."""
    is_blank_code: bool
    """Whether extra word spacing applies to it: it is the single byte 32."""


@dataclass(slots=True)
class Font:
    """A font as a page uses it."""

    bold: bool
    """Whether it is heavier than text usually is."""
    _font: PypdfFont
    _scale: float
    _has_meaning: bool
    _glyphs: dict[str, Glyph] = field(default_factory=dict)

    def glyphs(self, data: bytes) -> list[Glyph]:
        """Return the characters that a string of the page's content shows."""
        encoding = self._font.encoding
        if isinstance(encoding, str):
            try:
                codes = data.decode(encoding, "surrogatepass")
            except UnicodeDecodeError:
                codes = data.decode(encoding, "replace")
        else:
            codes = data.decode("latin-1")
        return [self._glyphs.get(code) or self._glyph(code) for code in codes]

    def _glyph(self, code: str) -> Glyph:
        font = self._font
        single = not isinstance(font.encoding, str)
        drawn = font.encoding.get(ord(code), code) if isinstance(font.encoding, dict) else code
        text = font.character_map.get(drawn)
        if not isinstance(text, str):
            # a glyph's name that nobody knows, such as /g23, comes back as it is
            known = self._has_meaning and not (len(drawn) > 1 and drawn.startswith("/"))
            text = drawn if known or drawn == " " else UNKNOWN
        if len(text) == 1 and unicodedata.category(text) == "Cc" and not text.isspace() and text != "\x00":
            text = UNKNOWN  # no character, only the number of a glyph
        width = font.character_widths.get(code, 0) or (
            font.space_width if code == font.space_char else font.character_widths.get("default", 500)
        )
        blank = not text.strip().strip("\x00\u200b\ufeff")
        glyph = Glyph(_whole(text), float(width) * self._scale, blank, single and code == " ")
        self._glyphs[code] = glyph
        return glyph


def read_font(resource: Any) -> Font:
    """Return the font that a page's resources describe. A broken description raises what pypdf raises."""
    font = PypdfFont.from_font_resource(resource)
    descriptor = font.font_descriptor
    weight = descriptor.weight if isinstance(descriptor.weight, int | float) else 0
    flags = descriptor.flags if isinstance(descriptor.flags, int) else 0
    bold = bool(_BOLD.search(font.name)) or weight >= _BOLD_WEIGHT or bool(flags & _FORCE_BOLD)
    scale = 0.001
    if font.sub_type == "Type3":
        scale = float(resource["/FontMatrix"][0])
    # the codes of a composite font are numbers of glyphs, whose meaning only its /ToUnicode tells
    numbers_only = isinstance(font.encoding, str) and str(resource.get("/Encoding", "")).startswith("/Identity")
    return Font(bold, font, scale, font.interpretable and not numbers_only)


def _whole(text: str) -> str:
    """Return a text without half characters, which cannot be stored."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
