"""Languages as files name them: one of `foundation.text.languages`, or several at once (`de, en`).

Of a locale (`de-formal`) the files mean the language alone.
"""

import re
from dataclasses import dataclass

from foundation.text.languages import language_of_two_letters

_SEVERAL = re.compile(r"\s*[,;/]\s*")


@dataclass(frozen=True)
class Language:
    """What a file's word for a language means: a code or '', and whether it named several."""

    code: str
    is_one_of_several: bool = False


def language_of(text: str) -> Language:
    """Return the language a file names; of several the first that is known. '' if none is."""
    words = [word for word in _SEVERAL.split(text.strip().casefold()) if word]
    known = [code for word in words if (code := language_of_two_letters(word))]
    return Language(known[0] if known else "", is_one_of_several=len(words) > 1)
