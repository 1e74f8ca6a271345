"""Timestamps: `[12:34]` and `[1:02:03]` link to that moment in a talk's recording.

A timestamp counts from the talk's start; the recording says how far into the video that is. If an
address or `[` follows, it is an ordinary link. The link has the provider's own time parameter, an
id that can be shared, and `data-seconds` for scripts. Without a recording, and within the text of
another link, a timestamp stays as it is typed.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from foundation.text.markdown.ids import new_id
from foundation.text.weblinks import is_safe_address

_MOMENT = r"\d{1,2}(?::[0-5]\d){1,2}"
# "(slides)" after it is a word in brackets, "(/slides)" an address.
_TIMESTAMP = re.compile(rf"\[({_MOMENT})\](?!\[|\(<?[^\s()/:#.]{{0,300}}[/:#.])", re.ASCII)
# What a query says for "from this second on". Everywhere else a fragment does: that of Vimeo and
# media.ccc.de, and of video files by the W3C's standard.
_QUERY_NAMES = {"youtube": "t", "peertube": "start"}


@dataclass(frozen=True)
class Video:
    """A recording for the renderer: its URL, and the second at which the talk begins."""

    provider: str
    address: str
    video_id: str = ""
    offset_seconds: int = 0

    def position_of(self, seconds: int) -> int:
        """Return the second of the video that is so many seconds after the talk's start."""
        return max(seconds + self.offset_seconds, 0)

    def address_at(self, position: int) -> str:
        """Return the URL that plays the video from a second on; '' if its URL may not be linked."""
        address = self.address
        if self.provider == "youtube" and self.video_id:
            address = f"https://www.youtube.com/watch?v={self.video_id}"
        if not is_safe_address(address):
            return ""
        name = _QUERY_NAMES.get(self.provider)
        if name:
            return _with_query(address, name, position)
        unit = "s" if self.provider == "vimeo" else ""
        return urlsplit(address)._replace(fragment=f"t={position}{unit}").geturl()


def timestamps_plugin(markdown: MarkdownIt) -> None:
    """Turn timestamps into links to `env["video"]`."""
    markdown.inline.ruler.before("link", "timestamp", _timestamp)


def is_timestamp(text: str) -> bool:
    """Return whether a text has the form of a timestamp, without the brackets."""
    return re.fullmatch(_MOMENT, text, re.ASCII) is not None


def seconds_of(moment: str) -> int:
    """Return the whole seconds of '12:34' or '1:02:03'."""
    seconds = 0
    for part in moment.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def _timestamp(state: StateInline, silent: bool) -> bool:
    # Silent: a link looks for the end of its text. Whatever we took there would be a link in it.
    match = None if silent else _TIMESTAMP.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    _push(state, match[1])
    state.pos = match.end()
    return True


def _push(state: StateInline, moment: str) -> None:
    video: Video | None = state.env.get("video")
    seconds = seconds_of(moment)
    address = video.address_at(video.position_of(seconds)) if video else ""
    if video is None or not address or state.linkLevel:
        state.push("text", "", 0).content = f"[{moment}]"
        return
    opening = state.push("link_open", "a", 1)
    opening.attrs = {
        "href": address,
        "class": "timestamp",
        "id": new_id(state.env, "t", str(seconds)),
        "data-seconds": str(video.position_of(seconds)),
    }
    state.push("text", "", 0).content = moment
    state.push("link_close", "a", -1)


def _with_query(address: str, name: str, position: int) -> str:
    """Return the URL with this parameter, which replaces a time parameter it already has."""
    parts = urlsplit(address)
    kept = [part for part in parts.query.split("&") if part and part.split("=")[0] != name]
    query = "&".join([*kept, f"{name}={position}"])
    return parts._replace(query=query, fragment="").geturl()
