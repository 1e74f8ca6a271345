"""The recordings and links of a pyvideo record."""

import re
from typing import Any
from urllib.parse import urlsplit

from exchange.files.addresses import address_in_file
from exchange.report import IssueLog
from exchange.sources.pyvideo import findings
from exchange.sources.pyvideo.fields import Found, Record
from exchange.sources.pyvideo.people_and_tags import MAX_ITEMS, at_most
from foundation.text.names import clean_line
from foundation.text.weblinks import host_of
from talks.enums import LinkKind
from talks.recordings import PAGES, video_of

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
