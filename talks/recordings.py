"""Video hosts: parse the URL of a recording, and choose a player for the talk's page.

A URL says which host a video is at, its id there, and where playback begins. The page plays it in
an iframe of its host, or as a media file: this module builds all player URLs, and the additions to
the Content-Security-Policy that they need. Of a recording's own URL only the host gets into the
policy, and it must consist of letters, digits, hyphens and full stops.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from foundation.text.weblinks import safe_address
from talks.enums import Provider

if TYPE_CHECKING:
    from talks.models import Recording

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
    """A video at a host; the id is '' if the URL contains none."""

    provider: Provider
    video_id: str = ""


def video_of(address: str, declared_type: str = "") -> Video:
    """Parse the http(s) URL of a video.

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
    """Return the second at which a URL starts playback: `?t=1m30s`, `&start=90`, `#t=90`."""
    parts = urlsplit(address)
    said = {**parse_qs(parts.fragment), **parse_qs(parts.query)}
    words = [said[name][0] for name in _BEGINNINGS if name in said]
    found = _MOMENT.fullmatch(words[0]) if words else None
    if found is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3_600 + minutes * 60 + seconds


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
    """Return the part that should be the id: `?v=`, or the last segment of /embed/…, /shorts/… and
    the like.
    """
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


# Where the second stands from which a frame plays.
SECOND = "{second}"
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LONGEST_HOST = 253
_USUAL_PORTS = frozenset({None, 80, 443})
_LOOPBACK = frozenset({"localhost", "127.0.0.1"})
_PLAYED_BY_BROWSERS = (".mp4", ".m4v", ".webm", ".ogv", ".ogg", ".mp3")
# It sends its files on to hosts that change, which no policy can name.
_ARCHIVE = "archive.org"
_YOUTUBE_WORD = re.compile(r"[A-Za-z0-9_-]{6,20}")
_VIMEO_WORD = re.compile(r"[0-9]{4,15}")
# An unlisted video has a second, secret word.
_VIMEO = re.compile(rf"/({_VIMEO_WORD.pattern})(?:/([0-9a-f]{{6,20}}))?/?(?:[?#]|$)")
_PEERTUBE_WORD = re.compile(r"[A-Za-z0-9-]{20,36}")
_MEDIA_CCC_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")
_ARCHIVE_ORG_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


@dataclass(frozen=True)
class Player:
    """The player of a recording.

    `address` of an iframe contains SECOND where the start second belongs. `origin` is the source
    for the policy: scheme and host, with the port if it is not the default.
    """

    address: str
    is_frame: bool

    @property
    def origin(self) -> str:
        """Scheme, host and port of the URL."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class ShownRecording:
    """A recording on its talk's page.

    `shift` is how many seconds it is ahead of the talk's first recording, which timestamps refer
    to. `player` is None if the page can only link to it.
    """

    recording: Recording
    shift: int
    player: Player | None

    @property
    def start(self) -> int:
        """The second of the recording at which the talk begins."""
        return max(self.recording.offset_seconds, 0)


def shown_recordings(recordings: list[Recording], *, loopback: bool) -> list[ShownRecording]:
    """Return the recordings of one talk that may be linked to, in order; see `player_of`."""
    first = recordings[0].offset_seconds if recordings else 0
    return [
        ShownRecording(each, each.offset_seconds - first, player_of(each, loopback=loopback))
        for each in recordings
        if safe_address(each.url)
    ]


def player_of(recording: Recording, *, loopback: bool) -> Player | None:
    """Return the player of a recording; None if the page can only link to it.

    All URLs are https; `loopback` also allows URLs on this machine, for a site that only runs
    locally.
    """
    if not safe_address(recording.url):
        return None
    if recording.provider == Provider.FILE:
        address = _file(recording, loopback=loopback)
        return Player(address, is_frame=False) if address else None
    frame_of = _FRAMES.get(recording.provider)
    address = frame_of(recording) if frame_of else ""
    return Player(address, is_frame=True) if address else None


def policy_for(players: Iterable[Player]) -> dict[str, list[str]]:
    """Return the additions to a page's Content-Security-Policy, by directive."""
    allowed: dict[str, list[str]] = {}
    for player in players:
        origins = allowed.setdefault("frame-src" if player.is_frame else "media-src", [])
        if player.origin not in origins:
            origins.append(player.origin)
    return allowed


def _youtube(recording: Recording) -> str:
    word = _video_id(recording, _YOUTUBE_WORD)
    host = "https://www.youtube-nocookie.com"
    query = f"autoplay=1&playsinline=1&rel=0&start={SECOND}"
    return f"{host}/embed/{word}?{query}" if word else ""


def _vimeo(recording: Recording) -> str:
    word = _video_id(recording, _VIMEO_WORD)
    found = _VIMEO.search(recording.url)
    secret = f"h={found[2]}&" if found and found[2] else ""
    query = f"{secret}autoplay=1&dnt=1#t={SECOND}s"
    return f"https://player.vimeo.com/video/{word}?{query}" if word else ""


def _peertube(recording: Recording) -> str:
    word, host = _video_id(recording, _PEERTUBE_WORD), _public_host(recording.url)
    is_known = word and host
    return f"https://{host}/videos/embed/{word}?autoplay=1&start={SECOND}" if is_known else ""


def _media_ccc(recording: Recording) -> str:
    word = _video_id(recording, _MEDIA_CCC_ID)
    return f"https://media.ccc.de/v/{word}/oembed#t={SECOND}" if word else ""


def _archive_org(recording: Recording) -> str:
    word = _video_id(recording, _ARCHIVE_ORG_ID)
    return f"https://archive.org/embed/{word}?autoplay=1&start={SECOND}" if word else ""


# Each returns the address of a frame, or '' where the recording has none.
_FRAMES: dict[str, Callable[[Recording], str]] = {
    Provider.YOUTUBE: _youtube,
    Provider.VIMEO: _vimeo,
    Provider.PEERTUBE: _peertube,
    Provider.MEDIA_CCC: _media_ccc,
    Provider.ARCHIVE_ORG: _archive_org,
}


def _file(recording: Recording, *, loopback: bool) -> str:
    parts = urlsplit(recording.url)
    is_here = loopback and parts.hostname in _LOOPBACK
    host = parts.netloc if is_here else _public_host(recording.url)
    is_allowed = is_here or (parts.scheme == "https" and not _is_archive(host))
    if not host or not is_allowed or not parts.path.lower().endswith(_PLAYED_BY_BROWSERS):
        return ""
    return parts._replace(netloc=host, fragment="").geturl()


def _video_id(recording: Recording, whole: re.Pattern[str]) -> str:
    """Return the stored id, or else the one in the URL; '' if neither is valid."""
    if whole.fullmatch(recording.video_id):
        return recording.video_id
    found = video_of(recording.url)
    is_there = found.provider == recording.provider and whole.fullmatch(found.video_id)
    return found.video_id if is_there else ""


def _public_host(address: str) -> str:
    """Return host and port of a safe URL for the policy; '' if the host has other characters."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        return ""
    return host if parts.port in _USUAL_PORTS else f"{host}:{parts.port}"


def _is_archive(host: str) -> bool:
    return f".{host}".endswith(f".{_ARCHIVE}")
