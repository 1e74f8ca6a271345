"""The links and recordings of a slot."""

import ipaddress
from typing import Any
from urllib.parse import urljoin, urlsplit

from exchange.files.addresses import address_in_file
from exchange.files.bounds import at_most
from exchange.files.links import label_of, link_kind
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Record, Slot, plain
from foundation.text.weblinks import host_of
from talks.enums import LinkKind
from talks.recordings import PAGES, video_of

_RECORDING_TYPES = frozenset({"media", "recording", "video"})
_LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".test", ".invalid", ".lan")
_LISTS = ("links", "attachments")
_SINGLE = {"url": "", "video_download_url": "recording", "recording_url": "recording"}


def is_local(address: str) -> bool:
    """Tell whether an address leads to a test or inner server."""
    host = host_of(address) or (urlsplit(address).hostname or "")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)


def links_and_recordings(slot: Slot, base: str, log: IssueLog) -> Record:
    """Return `links` and `recordings`, each address once; `base` is where relative ones begin."""
    if not any(key in slot.record for key in (*_LISTS, *_SINGLE)):
        return {}
    links: dict[str, Record] = {}
    recordings: dict[str, Record] = {}
    local = 0
    for item, place in _items(slot, log):
        url = _address(item, base, place, log)
        if url and is_local(url):
            local += 1
        elif url and _is_recording(item, url):
            recordings.setdefault(url, _recording(url))
        elif url:
            links.setdefault(url, _link(item, url))
    if local:
        log.add(findings.LINK_LOCAL, local, slot.location)
    return {"links": list(links.values()), **_in_order(recordings)}


def _in_order(recordings: dict[str, Record]) -> Record:
    """Return the recordings, pages of video hosts first; nothing where there is none."""
    ordered = sorted(recordings.values(), key=lambda video: video["provider"] not in PAGES)
    return {"recordings": ordered} if ordered else {}


def _items(slot: Slot, log: IssueLog) -> list[tuple[Record, str]]:
    """Return everything that leads somewhere, and where it stands."""
    items: list[tuple[Any, str]] = [
        ({"url": slot.record[key], "type": kind}, slot.at(key))
        for key, kind in _SINGLE.items()
        if slot.record.get(key)
    ]
    for key in _LISTS:
        raw = slot.record.get(key) or []
        if isinstance(raw, list):
            listed = enumerate(at_most(raw, log, slot.at(key)))
            items += [(item, f"{slot.at(key)}/{number}") for number, item in listed]
        else:
            log.add(findings.LINKS_UNUSABLE, raw, slot.at(key))
    return [({"url": i} if isinstance(i, str) else i, place) for i, place in items]


def _address(item: Any, base: str, place: str, log: IssueLog) -> str:
    raw = item.get("url") if isinstance(item, dict) else None
    if not isinstance(raw, str):
        log.add(findings.LINK_DROPPED, item, place)
        return ""
    text = raw.strip()
    if base and text.startswith("/") and not text.startswith("//"):
        text = urljoin(base, text)
    address = address_in_file(text)
    if address.finding:
        log.add(address.finding, raw, place)
    return address.url


def _is_recording(item: Record, url: str) -> bool:
    kind = plain(item, "type").casefold()
    return kind in _RECORDING_TYPES or (kind != "slides" and video_of(url).provider in PAGES)


def _recording(url: str) -> Record:
    video = video_of(url)
    return {"url": url, "provider": str(video.provider), "video_id": video.video_id}


def _link(item: Record, url: str) -> Record:
    title = next((t for key in ("title", "name") if (t := label_of(item.get(key)))), "")
    label = "" if title == url else title
    is_slides = plain(item, "type").casefold() == "slides"
    return {
        "url": url,
        "kind": str(LinkKind.SLIDES if is_slides else link_kind(url, label)),
        "label": label,
    }
