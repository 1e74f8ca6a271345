"""Parses the lists of a pyvideo record: speakers, tags, recordings, links."""

from typing import Any

from exchange.files.addresses import address_in_file
from exchange.files.bounds import MAX_ITEMS, at_most
from exchange.files.links import label_of, link_kind
from exchange.files.people import people_in
from exchange.report import Finding, IssueLog
from exchange.sources.pyvideo import findings
from exchange.sources.pyvideo.fields import Found, Record
from foundation.text.names import name_key
from talks.recordings import PAGES, video_of
from talks.tagging.text import TAG_MAX_LENGTH, tag_names

TAG_DOUBTFUL_LENGTH = 50


def speakers(record: Record, log: IssueLog) -> Found:
    """Return `speakers`, names each once in their order, and `speakers_note` for what is nobody."""
    raw = record.get("speakers")
    if isinstance(raw, str) and raw.strip():
        log.add(findings.SPEAKERS_AS_TEXT, raw, "/speakers")
        raw = [raw]
    if not isinstance(raw, list):
        log.add(findings.SPEAKERS_UNUSABLE, raw, "/speakers")
        return {}
    items = enumerate(at_most(raw, log, "/speakers"))
    return people_in(((item, f"/speakers/{place}") for place, item in items), log)


def tags(record: Record, log: IssueLog) -> Found:
    """Return `tags`: each name once, in order, spelled as in the record."""
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


# Labels of links that every talk of an event repeats.
CONFERENCE_WEBSITE = "conference website"
_ABOUT_THE_CONFERENCE = frozenset({"conference schedule", CONFERENCE_WEBSITE})


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
        if label_of(item.get("label")).casefold() in _ABOUT_THE_CONFERENCE
    )
    return [link for link in found if link]


def _recording(item: Any, log: IssueLog, location: str) -> Found | None:
    parts = _parts(item)
    if not (url := _url(parts, item, findings.VIDEO_DROPPED, log, location)):
        return None
    declared = parts.get("type")
    video = video_of(url, declared if isinstance(declared, str) else "")
    return {"url": url, "provider": str(video.provider), "video_id": video.video_id}


def _parts(item: Any) -> Record:
    """Return a list's item, a URL or an object, as an object."""
    if isinstance(item, str):
        return {"url": item}
    return item if isinstance(item, dict) else {}


def _url(parts: Record, item: Any, dropped: Finding, log: IssueLog, location: str) -> str:
    """Return the URL of an item, mended where it can be; '' with the reason logged where not."""
    url = parts.get("url")
    if not isinstance(url, str):
        log.add(dropped, item, location)
        return ""
    address = address_in_file(url)
    if address.finding:
        log.add(address.finding, url, location)
    return address.url or ""


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
    parts = _parts(item)
    if not (url := _url(parts, item, findings.LINK_DROPPED, log, location)):
        return None
    label = label_of(parts.get("label"))
    return {"url": url, "kind": str(link_kind(url, label)), "label": label}


def _is_about_the_conference(link: Found) -> bool:
    return link["label"].casefold() in _ABOUT_THE_CONFERENCE
