"""The lists of a pyvideo record: speakers, tags, recordings, links."""

import re
from typing import Any
from urllib.parse import urlsplit

from exchange.files.addresses import address_in_file
from exchange.report import Finding, IssueLog
from exchange.sources.pyvideo import findings
from exchange.sources.pyvideo.fields import Found, Record, bounded
from foundation.text.names import clean_line, name_key
from foundation.text.weblinks import host_of
from talks.enums import LinkKind
from talks.recordings import PAGES, video_of
from talks.tagging.text import TAG_MAX_LENGTH, tag_names

NAME_MAX_LENGTH = 200
# Longer than this it is a sentence. The longest real name has 46 characters.
NAME_DOUBTFUL_LENGTH = 60
TAG_DOUBTFUL_LENGTH = 50
# The fullest real talk has 34 speakers.
MAX_ITEMS = 300
# What programmes say where they name nobody. Whole names only: "Nathan" is a person.
NOT_PEOPLE = frozenset(
    {
        "various speakers",
        "various",
        "varios",
        "various contributors",
        "tba",
        "tbd",
        "n/a",
        "speaker",
    }
)
_SEVERAL_PEOPLE = re.compile(r",| & | and | / ", re.IGNORECASE)


def speakers(record: Record, log: IssueLog) -> Found:
    """Return `speakers`, names each once in their order, and `speakers_note` for what is nobody."""
    raw = record.get("speakers")
    if isinstance(raw, str) and raw.strip():
        log.add(findings.SPEAKERS_AS_TEXT, raw, "/speakers")
        raw = [raw]
    if not isinstance(raw, list):
        log.add(findings.SPEAKERS_UNUSABLE, raw, "/speakers")
        return {}
    names: dict[str, str] = {}
    notes: dict[str, str] = {}
    for place, item in enumerate(at_most(raw, log, "/speakers")):
        name = _name(item, log, f"/speakers/{place}")
        if name:
            kind = notes if name_key(name) in NOT_PEOPLE else names
            kind.setdefault(name_key(name), name)
    note = ", ".join(notes.values())[:NAME_MAX_LENGTH].rstrip()
    return {"speakers": list(names.values()), "speakers_note": note}


def tags(record: Record, log: IssueLog) -> Found:
    """Return `tags`, names each once in their order, spelled as in the record."""
    if "tags" not in record:
        return {}
    raw = record["tags"]
    if isinstance(raw, str) and raw.strip():
        log.add(findings.TAGS_AS_TEXT, raw, "/tags")
        raw = [raw]
    if not isinstance(raw, list) and raw not in (None, ""):
        log.add(findings.TAGS_UNUSABLE, raw, "/tags")
        return {}
    names: dict[str, str] = {}
    for place, item in enumerate(at_most(raw or [], log, "/tags")):
        for name in _tag_names(item, log, f"/tags/{place}"):
            names.setdefault(name_key(name), name)
    return {"tags": list(names.values())}


def at_most(items: list[Any], log: IssueLog, location: str) -> list[Any]:
    """Return the list, cut where no honest one is so long, and say so."""
    if len(items) > MAX_ITEMS:
        log.add(findings.TOO_MANY, len(items), location)
    return items[:MAX_ITEMS]


def _name(item: Any, log: IssueLog, location: str) -> str:
    name = clean_line(item) if isinstance(item, str) else ""
    if not name_key(name):
        log.add(findings.SPEAKER_DROPPED, item, location)
        return ""
    if len(name) > NAME_DOUBTFUL_LENGTH:
        log.add(findings.SPEAKER_LONG, name, location)
    elif _SEVERAL_PEOPLE.search(name):
        log.add(findings.SPEAKER_SEVERAL, name, location)
    return bounded(name, NAME_MAX_LENGTH, log, location)


def _tag_names(item: Any, log: IssueLog, location: str) -> list[str]:
    names = tag_names(item) if isinstance(item, str) else []
    if not names:
        log.add(findings.TAG_DROPPED, item, location)
    elif len(names) > 1:
        log.add(findings.TAG_SPLIT, item, location)
    return [name for name in names if _tag_fits(name, log, location)]


def _tag_fits(name: str, log: IssueLog, location: str) -> bool:
    finding: Finding | None = None
    if len(name) > TAG_MAX_LENGTH:
        finding = findings.TAG_DROPPED
    elif len(name) > TAG_DOUBTFUL_LENGTH or name.count("#") > 1:
        finding = findings.TAG_DOUBTFUL
    if finding:
        log.add(finding, name, location)
    return len(name) <= TAG_MAX_LENGTH


LABEL_MAX_LENGTH = 200
# Labels of links that every talk of an event repeats.
CONFERENCE_WEBSITE = "conference website"
_ABOUT_THE_CONFERENCE = frozenset({"conference schedule", CONFERENCE_WEBSITE})
_SLIDES_LABEL = re.compile(r"slide|folien|diapositiv|présentation")
_SLIDES_ENDINGS = (".pdf", ".ppt", ".pptx", ".odp", ".key")
_SLIDES_HOSTS = frozenset(
    {"speakerdeck.com", "slideshare.net", "slides.com", "slid.es", "prezi.com", "noti.st"}
)
_CODE_HOSTS = frozenset(
    {"github.com", "gist.github.com", "gitlab.com", "bitbucket.org", "codeberg.org"}
)


def recordings(record: Record, log: IssueLog) -> Found:
    """Return `recordings`: address, provider and id each, pages of video hosts first."""
    raw = record.get("videos")
    if isinstance(raw, dict):
        log.add(findings.VIDEOS_AS_OBJECT, raw, "/videos")
        raw = [raw]
    if not isinstance(raw, list) or not raw:
        log.add(findings.NO_VIDEO, raw, "/videos")
        return {}
    found: dict[str, Found] = {}
    for place, item in enumerate(at_most(raw, log, "/videos")):
        video = _recording(item, log, f"/videos/{place}")
        if video and video["url"] in found:
            log.add(findings.VIDEO_TWICE, video["url"], f"/videos/{place}")
        elif video:
            found[video["url"]] = video
    if not found:
        log.add(findings.NO_VIDEO, location="/videos")
    in_order = sorted(found.values(), key=lambda video: video["provider"] not in PAGES)
    return {"recordings": in_order} if found else {}


def links(record: Record, log: IssueLog) -> Found:
    """Return `links`: address, kind and label each; those about the conference are left out."""
    if "related_urls" not in record:
        return {}
    found: dict[str, Found] = {}
    for link in _all_links(record, log):
        if not _is_about_the_conference(link):
            found.setdefault(link["url"], link)
    return {"links": list(found.values())} if _has_links_list(record) else {}


def conference_links(record: Record) -> list[Found]:
    """Return the links of a talk that are about its conference."""
    raw = record.get("related_urls")
    labelled = [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []
    silent = IssueLog("")  # `links` has noted what is wrong with them
    found = (
        _link(item, silent, "")
        for item in labelled[:MAX_ITEMS]
        if _label(item).casefold() in _ABOUT_THE_CONFERENCE
    )
    return [link for link in found if link]


def _recording(item: Any, log: IssueLog, location: str) -> Found | None:
    parts = {"url": item} if isinstance(item, str) else item
    url = parts.get("url") if isinstance(parts, dict) else None
    if not isinstance(url, str):
        log.add(findings.VIDEO_DROPPED, item, location)
        return None
    address = address_in_file(url)
    if address.finding:
        log.add(address.finding, url, location)
    if not address.url:
        return None
    declared = parts.get("type")
    video = video_of(address.url, declared if isinstance(declared, str) else "")
    return {"url": address.url, "provider": str(video.provider), "video_id": video.video_id}


def _has_links_list(record: Record) -> bool:
    return isinstance(record["related_urls"], (list, dict, str, type(None)))


def _all_links(record: Record, log: IssueLog) -> list[Found]:
    raw = record.get("related_urls")
    if isinstance(raw, (str, dict)) and raw:
        raw = [raw]
    if raw and not isinstance(raw, list):
        log.add(findings.LINKS_UNUSABLE, raw, "/related_urls")
    items = at_most(raw, log, "/related_urls") if isinstance(raw, list) else []
    found = (_link(item, log, f"/related_urls/{place}") for place, item in enumerate(items))
    return [link for link in found if link]


def _link(item: Any, log: IssueLog, location: str) -> Found | None:
    parts = {"url": item} if isinstance(item, str) else item
    url = parts.get("url") if isinstance(parts, dict) else None
    if not isinstance(url, str):
        log.add(findings.LINK_DROPPED, item, location)
        return None
    address = address_in_file(url)
    if address.finding:
        log.add(address.finding, url, location)
    if not address.url:
        return None
    label = _label(parts)
    return {"url": address.url, "kind": str(_kind(address.url, label)), "label": label}


def _label(parts: Found) -> str:
    label = parts.get("label")
    return clean_line(label)[:LABEL_MAX_LENGTH].rstrip() if isinstance(label, str) else ""


def _kind(url: str, label: str) -> LinkKind:
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


def _is_about_the_conference(link: Found) -> bool:
    return link["label"].casefold() in _ABOUT_THE_CONFERENCE
