"""JSON-LD (schema.org) for a page, as a data block in its HTML.

Browsers execute nothing of it, so the Content-Security-Policy allows it; characters that could end
the block are escaped.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from foundation.pages.whole_address import whole_address

Thing = dict[str, Any]
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def ld_script(things: Iterable[Thing]) -> SafeString:
    """Return the script element with these objects; '' if all of them are empty."""
    graph = [thing for thing in things if thing]
    if not graph:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return SafeString(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')


def known(**facts: Any) -> Thing:
    """Return the facts that are not empty; `type_` and `id_` become JSON-LD's `@type` and `@id`."""
    words = {"type_": "@type", "id_": "@id"}
    return {words.get(name, name): value for name, value in facts.items() if value}


def moment_for_machines(moment: dt.datetime) -> str:
    """Return a moment in ISO 8601, to the second: '2017-04-10T12:00:00+00:00'."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def at_site(row: Any) -> str:
    """Return the absolute URL of a row's page."""
    return whole_address(row.get_absolute_url())
