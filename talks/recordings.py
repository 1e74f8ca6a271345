"""Where a video lies, which one it is there, and where it begins, told from its address.

Recordings keep what their address says wherever they are made: by forms, imports and programs.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db import models

from foundation.models.fields import LineField
from talks.enums import Provider

_YOUTUBE_ID = re.compile(r"^[A-Za-z0-9_-]{6,20}$")
_YOUTUBE_FOLDERS = frozenset({"embed", "v", "e", "vi", "shorts", "live", "watch"})
_PEERTUBE_ID = re.compile(
    r"^/(?:w|videos/watch|videos/embed)/([A-Za-z0-9]{20,24}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$"
)
_VIMEO_ID = re.compile(r"/([0-9]{4,15})(?:/|$)")
_FILE_ENDINGS = (".mp4", ".m4v", ".webm", ".ogv", ".ogg", ".mkv", ".avi", ".mov", ".flv", ".mp3")
_FILE_TYPES = frozenset({"mp4", "webm", "ogv", "ogg", "mkv", "flv", "avi", "mov"})
_BEGINNINGS = ("t", "start", "time_continue")
_MOMENT = re.compile(r"(?:([0-9]{1,2})h)?(?:([0-9]{1,3})m)?(?:([0-9]{1,5})s?)?", re.ASCII)
# Hosts that show a video on a page of its own: better to link to than a bare file.
PAGES = frozenset(
    {
        Provider.YOUTUBE,
        Provider.VIMEO,
        Provider.PEERTUBE,
        Provider.MEDIA_CCC,
        Provider.ARCHIVE_ORG,
    }
)


@dataclass(frozen=True)
class Video:
    """One video at its host; the id is '' where the address does not name one."""

    provider: Provider
    video_id: str = ""


def video_of(address: str, declared_type: str = "") -> Video:
    """Return what an http(s) address of a video leads to.

    `declared_type` is what the file calls it ("mp4", "peertube"), for hosts without a known name.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    known = _at_known_host(host, path, parts.query)
    if known:
        return known
    peertube = _PEERTUBE_ID.match(path)
    if peertube:
        return Video(Provider.PEERTUBE, peertube.group(1))
    if path.lower().endswith(_FILE_ENDINGS) or declared_type.casefold() in _FILE_TYPES:
        return Video(Provider.FILE)
    return Video(Provider.OTHER)


def seconds_in(address: str) -> int:
    """Return the second from which an address plays its video: `?t=1m30s`, `&start=90`, `#t=90`."""
    parts = urlsplit(address)
    said = {**parse_qs(parts.fragment), **parse_qs(parts.query)}
    words = [said[name][0] for name in _BEGINNINGS if name in said]
    found = _MOMENT.fullmatch(words[0]) if words else None
    if found is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3_600 + minutes * 60 + seconds


class FromAddress(models.Field):
    """A column of a recording that its address fills, where nothing else was given."""

    def told(self, address: str) -> Any:
        """Return what the address says."""
        raise NotImplementedError

    def is_left_open(self, value: Any, add: bool) -> bool:
        """Tell whether nothing was given."""
        return value in ("", Provider.OTHER)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if self.is_left_open(value, add):
            value = self.told(model_instance.url)
            setattr(model_instance, self.attname, value)
        return value


class ProviderField(FromAddress, models.CharField):
    """The host of a recording. "Other" is what nobody has chosen."""

    def told(self, address: str) -> str:
        return video_of(address).provider.value


class VideoIdField(FromAddress, LineField):
    """Which video it is at its host."""

    def told(self, address: str) -> str:
        return video_of(address).video_id


class OffsetField(FromAddress, models.IntegerField):
    """The second at which a talk begins in its recording. A 0 that somebody gave later stays."""

    def is_left_open(self, value: Any, add: bool) -> bool:
        return add and value == 0

    def told(self, address: str) -> int:
        return seconds_in(address)


def _at_known_host(host: str, path: str, query: str) -> Video | None:
    if host == "youtu.be":
        return Video(Provider.YOUTUBE, _youtube_id(path.lstrip("/").split("/")[0]))
    if host in {"youtube.com", "youtube-nocookie.com"} or host.endswith(".youtube.com"):
        return Video(Provider.YOUTUBE, _youtube_id(_youtube_word(path, query)))
    if host == "vimeo.com" or host.endswith(".vimeo.com"):
        found = _VIMEO_ID.search(path)
        return Video(Provider.VIMEO, found.group(1) if found else "")
    if host == "media.ccc.de" and path.startswith("/v/"):
        return Video(Provider.MEDIA_CCC, _bounded(path.removeprefix("/v/")))
    if host == "archive.org":
        return _at_archive_org(path)
    return None


def _youtube_word(path: str, query: str) -> str:
    """Return what should be the id: `?v=`, or the last part of /embed/…, /shorts/… and the like."""
    named = parse_qs(query, max_num_fields=None).get("v")
    if named:
        return named[0]
    folder, _, word = path.lstrip("/").partition("/")
    return word.split("/")[0] if folder in _YOUTUBE_FOLDERS else ""


def _youtube_id(word: str) -> str:
    return word if _YOUTUBE_ID.match(word) else ""


def _at_archive_org(path: str) -> Video:
    folder, _, word = path.lstrip("/").partition("/")
    if folder in {"details", "embed"} and word:
        return Video(Provider.ARCHIVE_ORG, _bounded(word.split("/")[0]))
    return Video(Provider.FILE if folder == "download" else Provider.ARCHIVE_ORG)


def _bounded(word: str) -> str:
    return word if len(word) <= 200 else ""
