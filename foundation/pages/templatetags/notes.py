"""Template tags and filters: dates, times, durations, languages, hosts, links. No queries."""

import datetime as dt
from html import unescape
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext

from foundation.pages.json_ld import Thing, at_site, ld_script, moment_for_machines
from foundation.pages.whole_address import whole_address
from foundation.text import languages, weblinks
from foundation.text.markdown import reading_minutes

register = template.Library()
register.filter("at_site", at_site)  # whole addresses: of a row's page, and of a path
register.filter("whole_address", whole_address)
register.filter("for_machines", moment_for_machines)
EXCERPT_WORDS = 32


@register.simple_tag(takes_context=True)
def again(context: Any, block: str) -> SafeString:
    """Return the content of another block of the page, so that a title is written once."""
    found = context.render_context[BLOCK_CONTEXT_KEY].get_block(block)
    return SafeString(found.render(context).strip())


@register.simple_tag
def json_ld(things: list[Thing]) -> SafeString:
    """Return the page's JSON-LD element (`foundation.pages.json_ld`)."""
    return ld_script(things)


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], url_name: str) -> SafeString | str:
    """Return ` aria-current="…"` if the page is the named one or lies below it."""
    request = context.get("request")
    address = reverse(url_name)
    if request is None or not request.path.startswith(address):
        return ""
    return SafeString(' aria-current="page"' if request.path == address else ' aria-current="true"')


@register.filter
def grouped(number: int) -> str:
    """Return the number with thousands separators: 2,386."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def dates_of(conference: Any) -> str:
    """Return the days of a conference, as short as can be: '3–7 April 2017'; '' where unknown."""
    first, last = conference.starts_on, conference.ends_on
    if first is None:
        return ""
    if last is None or last == first:
        return date_format(first)
    if (first.year, first.month) == (last.year, last.month):
        days = gettext("%(first)s–%(last)s")
        pattern = pgettext("first day, where the last is in the same month", "j")
    else:
        days = gettext("%(first)s – %(last)s")
        pattern = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
    return days % {"first": date_format(first, pattern), "last": date_format(last)}


@register.filter
def weekday_of(day: dt.date) -> str:
    """Return a day with its weekday: 'Monday, 3 April'."""
    return date_format(day, pgettext("day of a programme", "l, j F"))


@register.filter
def zone_of(conference: Any) -> str:
    """Return the name of the time zone in which the conference's times are shown."""
    name = conference.time_zone or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name.replace("_", " ")


@register.filter
def how_long(duration: dt.timedelta) -> str:
    """Return how long a talk lasts: '25 min', '1 h 30 min'."""
    minutes = max(1, round(duration.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(n)d min", "%(n)d min", rest) % {"n": rest}
    if not rest:
        return ngettext("%(n)d h", "%(n)d h", hours) % {"n": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


@register.filter
def iso_length(duration: dt.timedelta) -> str:
    """Return the duration for a `datetime` attribute: 'PT1500S'."""
    return f"PT{int(duration.total_seconds())}S"


@register.filter
def reading_time(html: str) -> str:
    """Return the reading time of a rendered text: '4 min to read'; '' if it has no text.

    With non-breaking spaces.
    """
    minutes = reading_minutes(html)
    said = ngettext("%(n)d min to read", "%(n)d min to read", minutes) % {"n": minutes}
    return said.replace(" ", "\N{NO-BREAK SPACE}") if minutes else ""


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the reader's language; the code where it is unknown."""
    return languages.language_name(code)


@register.filter
def host(address: str) -> str:
    """Return the host of a link for readers; '' if it is unsafe."""
    return weblinks.host_of(address)


@register.filter
def short_address(address: str) -> str:
    """Return host and path, at most 48 characters, as the text of a link without a label."""
    without_scheme = weblinks.safe_address(address).partition("://")[2].removeprefix("www.")
    return Truncator(without_scheme.rstrip("/")).chars(48)


@register.filter
def safe_address(address: str) -> str:
    """Return the URL if it may be linked to, else ''."""
    return weblinks.safe_address(address)


@register.filter
def excerpt(html: str, words: int = EXCERPT_WORDS) -> str:
    """Return the first words of a rendered text, as plain text. The HTML may be cut anywhere."""
    whole_tags = html[: html.rfind("<")] if html.rfind("<") > html.rfind(">") else html
    spaced = whole_tags.replace("</p>", " ").replace("</li>", " ").replace("<br>", " ")
    text = " ".join(unescape(strip_tags(spaced)).split())
    return Truncator(text).words(words, truncate="…")


@register.filter
def more_than(rows: Any, shown: int) -> int:
    """Return how many rows are left when only the first `shown` are shown."""
    return max(0, len(rows) - shown)


@register.filter
def with_tag(tag: Any, other: Any) -> str:
    """Return the URL of the page of two tags together."""
    return reverse("tag-pair", args=sorted([tag.slug, other.slug]))
