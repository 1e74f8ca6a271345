"""Facts of a page for machines: JSON-LD in the words of schema.org, as a block of data in HTML.

A browser runs nothing of it, so that the Content-Security-Policy allows it; what could end the
block is escaped.
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
    """Return the element of HTML that holds these things; '' where nothing is told of any."""
    graph = [thing for thing in things if thing]
    if not graph:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return SafeString(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')


def known(**facts: Any) -> Thing:
    """Return the facts that are known; `type_` and `id_` are JSON-LD's own words."""
    words = {"type_": "@type", "id_": "@id"}
    return {words.get(name, name): value for name, value in facts.items() if value}


def moment_for_machines(moment: dt.datetime) -> str:
    """Return a moment as machines read it, to the second: '2017-04-10T12:00:00+00:00'."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def at_site(row: Any) -> str:
    """Return the whole address of a row's page."""
    return whole_address(row.get_absolute_url())
