"""Files and rows that belong together: uploads are killed, the folder of media fails."""

import io
import os
import re
import secrets
import time
from pathlib import Path

from PIL import Image

from faults.client import NO_ANSWER, Answer, Client, Sending
from faults.fault import Effort, Fault, Outcome, told
from faults.site import Site

ADD_IMAGE = "/admin/images/image/add/"
_LOCK = "LOCK TABLE images_image IN SHARE ROW EXCLUSIVE MODE"
_HOURS = 2 * 3600
_STRAYS = re.compile(r"Removed (\d+) stray files")


class UploadKilled(Fault):
    """All workers are killed between a picture's file and its row, and at moments of their own.

    No row is without its file; a file without a row goes an hour later.
    """

    number, name = "F26", "workers killed between file and row"
    rounds, longest = 10, 1.0

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, client, picture = Outcome(), site.person(), _picture()
        _tidied(site, outcome)
        rows, files = _rows(site), _files(site)
        answers = [self._killed_before_its_row(site, client, picture)]
        outcome.expect_equal("rows", _rows(site), rows)
        outcome.expect_equal("files", len(_files(site)), len(files) + 1)
        for number in range(self.rounds if effort.is_whole else 0):
            sending = Sending(lambda: upload(client, _picture()))
            time.sleep(self.longest * number / self.rounds)
            answers.append(_killed(site, sending))
        acknowledged = sum(answer.status == 302 for answer in answers)
        outcome.expect(_rows(site) >= rows + acknowledged, "an acknowledged picture is lost")
        strays = len(_files(site)) - _rows(site)
        outcome.expect_equal("strays removed", _tidied(site, outcome), strays)
        outcome.expect_equal("the same again", upload(client, picture).status, 302)
        outcome.expect_equal("files without a row", len(_files(site)) - _rows(site), 0)
        outcome.writers = told(answer.status for answer in answers)
        return outcome

    def _killed_before_its_row(self, site: Site, client: Client, picture: bytes) -> Answer:
        with site.database.held(_LOCK):
            sending = Sending(lambda: upload(client, picture))
            site.database.wait_for_waiting()
            return _killed(site, sending)


class MediaAway(Fault):
    """The folder of media is none any more: uploads say so, all else goes on."""

    number, name = "F28", "media not writable while the site runs"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, client, media = Outcome(), site.person(), _media(site)
        media.mkdir(parents=True, exist_ok=True)
        aside, rows = media.rename(media.with_name("media-aside")), _rows(site)
        media.touch()
        try:
            refused = upload(client, _picture())
            page = Client(site.port).get("/recaps/orchard/")
        finally:
            media.unlink()
            aside.rename(media)
        outcome.expect_equal("an upload", refused.status, 200)
        outcome.expect("cannot be kept" in refused.text, "a refused upload does not say why")
        outcome.expect_equal("rows", _rows(site), rows)
        outcome.expect_equal("a page", page.status, 200)
        outcome.expect_equal("an upload afterwards", upload(client, _picture()).status, 302)
        outcome.readers, outcome.writers = told([page.status]), "the form again, with the reason"
        return outcome


def upload(client: Client, picture: bytes) -> Answer:
    """Send a picture by the form of the admin."""
    answer = client.get(ADD_IMAGE)
    if answer.status != 200:
        return Answer(NO_ANSWER)
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
    return client.upload(ADD_IMAGE, token, name="image", file=picture)


def _picture() -> bytes:
    """Return a picture that nobody has sent yet."""
    file = io.BytesIO()
    Image.frombytes("RGB", (8, 8), secrets.token_bytes(192)).save(file, "PNG")
    return file.getvalue()


def _killed(site: Site, sending: Sending) -> Answer:
    site.kill_workers()
    answer = sending.answer()
    site.database.wait_for_quiet("notes")
    return answer


def _tidied(site: Site, outcome: Outcome) -> int:
    """Tidy as cron does hours later; return how many files went. No row is without its file."""
    for file in _files(site):
        os.utime(file, (time.time() - _HOURS,) * 2)
    status, said = site.manage("tidy_images")
    outcome.expect_equal(f"lost files ({said.strip()})", status, 0)
    found = _STRAYS.search(said)
    return int(found[1]) if found else -1


def _media(site: Site) -> Path:
    return site.folder / "var" / "media"


def _files(site: Site) -> list[Path]:
    return [path for path in _media(site).rglob("*") if path.is_file()]


def _rows(site: Site) -> int:
    number: int = site.database.value("SELECT count(*) FROM images_image")
    return number
