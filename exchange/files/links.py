"""Determines what kind of link a file's URL and label mean."""

import re
from urllib.parse import urlsplit

from foundation.text.names import clean_line
from foundation.text.weblinks import host_of
from talks.enums import LinkKind

LABEL_MAX_LENGTH = 200
_SLIDES_LABEL = re.compile(r"slide|folien|diapositiv|présentation")
_SLIDES_ENDINGS = (".pdf", ".ppt", ".pptx", ".odp", ".key")
_SLIDES_HOSTS = frozenset(
    {"speakerdeck.com", "slideshare.net", "slides.com", "slid.es", "prezi.com", "noti.st"}
)
_CODE_HOSTS = frozenset(
    {"github.com", "gist.github.com", "gitlab.com", "bitbucket.org", "codeberg.org"}
)


def label_of(text: object) -> str:
    """Return a link's label as one line of at most 200 characters; '' where it is no text."""
    return clean_line(text)[:LABEL_MAX_LENGTH].rstrip() if isinstance(text, str) else ""


def link_kind(url: str, label: str) -> LinkKind:
    """Return what a link of a talk leads to."""
    host, path = host_of(url), urlsplit(url).path
    is_slides = (
        _SLIDES_LABEL.search(label.casefold())
        or path.lower().endswith(_SLIDES_ENDINGS)
        or host in _SLIDES_HOSTS
        or host.endswith(".slides.com")
        or (host == "docs.google.com" and path.startswith("/presentation"))
    )
    if is_slides:
        return LinkKind.SLIDES
    return LinkKind.CODE if host in _CODE_HOSTS else LinkKind.PAGE
