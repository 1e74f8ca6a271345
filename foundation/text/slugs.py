"""Slugs in any script: never empty, never a reserved path of the site.

A slug holds letters, marks and digits of any script, '-' and '_', in NFC and lower case, at most
120 characters. Emoji and symbols become their names, so that '🐍' has a slug too.
"""

import re
import unicodedata
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.text.names import clean_line

SLUG_MAX_LENGTH = 120
# Addresses below a conference that are pages of their own.
RESERVED_TALK_SLUGS = frozenset(
    {
        "book",
        "calendar",
        "edit",
        "feed",
        "new",
        "programme",
        "recaps",
        "speakers",
        "tags",
        "talks",
    }
)
# Last parts of addresses that say nothing of what was looked for.
_PARTS_OF_OURS = {"book", "calendar.ics", "feed.atom"}
_FILE_ENDING = re.compile(r"\.[a-z]{2,5}$")
_MOST_WORDS_LENGTH = 80
# They only choose how the sign before them looks: '❤️' is '❤' and one of these.
_VARIATION_SELECTOR = re.compile("[\ufe00-\ufe0f\u20dd-\u20e4\U000e0100-\U000e01ef]")
_DASHES = re.compile(r"[-\s]+")
# Names of things that a slug would otherwise flatten into each other: C, C++ and C#.
_SPELLED_OUT = (
    (re.compile(r"(?<![^\W_])([a-z])\+\+(?![^\W\d_])"), r"\1pp"),
    (re.compile(r"(?<![^\W_])([a-z])#(?![^\W\d_])"), r"\1sharp"),
    (re.compile(r"(?<!\w)\.net\b"), "dotnet"),
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"(?<=\w)['’](?=\w)"), ""),
)


def is_slug(text: str) -> bool:
    """Return whether the text is a valid slug for some object."""
    return (
        0 < len(text) <= SLUG_MAX_LENGTH
        and unicodedata.is_normalized("NFC", text)
        and text == text.lower()
        and all(_belongs(character) for character in text)
        and any(_is_readable(character) for character in text)
    )


def validate_slug(text: str) -> None:
    """Raise ValidationError unless the text is a valid slug."""
    if not is_slug(text):
        raise ValidationError(
            _("Use lower-case letters of any script, digits, hyphens and underscores only."),
            code="invalid",
        )


def slug_of(text: str, *, fallback: str) -> str:
    """Return the slug of a title or name, at most 120 characters; the fallback if
    nothing is left.

    'C++' gives 'cpp', '.NET' 'dotnet', '🐍' 'snake', '---' the fallback.
    """
    lowered = unicodedata.normalize("NFC", clean_line(text).lower())
    for pattern, plain in _SPELLED_OUT:
        lowered = pattern.sub(plain, lowered)
    kept = "".join(c if _belongs(c) else " " for c in lowered)
    slug = _trim(kept) or _trim(" ".join(_sign_name(c) for c in lowered))
    return slug or fallback


def address_of(text: str) -> str:
    """Return a name as a slug; '' if none of its characters may be in one."""
    return slug_of(text, fallback="")


def unique_slug(
    text: str, *, taken: Collection[str], fallback: str, reserved: Collection[str] = ()
) -> str:
    """Return the first slug of the text that is neither taken nor reserved: 'x', then 'x-2', 'x-3'
    …

    A reserved slug gets the fallback as suffix: 'speakers-talk'.
    """
    slug = base = slug_of(text, fallback=fallback)
    if slug in reserved:
        slug = base = f"{slug}-{fallback}"
    number = 1
    while slug in taken or slug in reserved:
        number += 1
        slug = f"{_trim(base[: SLUG_MAX_LENGTH - len(str(number)) - 1]) or fallback}-{number}"
    return slug


def _belongs(character: str) -> bool:
    if unicodedata.category(character)[0] == "M":
        return not _VARIATION_SELECTOR.match(character)
    return character in "-_" or _is_readable(character)


def _is_readable(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _sign_name(character: str) -> str:
    """Return a symbol's Unicode name, for texts without any letter."""
    is_sign = unicodedata.category(character) == "So"
    return unicodedata.name(character, "").lower() if is_sign else " "


def _trim(text: str) -> str:
    trimmed = _DASHES.sub("-", text).strip("-_")[:SLUG_MAX_LENGTH].strip("-_")
    return trimmed if any(_is_readable(character) for character in trimmed) else ""


def words_of_address(path: str) -> str:
    """Return search words from the last segment of a URL path that was not found.

    Args:
        path: decoded, as anybody may have sent it.

    Only letters, marks and digits are kept, so the result contains no markup and no search
    operator.
    """
    parts = [part for part in path.split("/") if part and part not in _PARTS_OF_OURS]
    last = _FILE_ENDING.sub("", parts[-1][:SLUG_MAX_LENGTH]) if parts else ""
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in clean_line(last))
    return " ".join("".join(kept).split())[:_MOST_WORDS_LENGTH].strip()
