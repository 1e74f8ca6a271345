"""Processes of the site are killed, renewed or ended in the middle of their work."""

import signal
import subprocess
import time
from contextlib import closing
from typing import ClassVar

from faults.client import NO_ANSWER, Answer, Client, Sending, fields_of
from faults.database import wait_until
from faults.fault import DuringTraffic, Effort, Fault, Outcome, note_lost, told
from faults.site import HERE, Site
from faults.traffic import Traffic, Writing, steady, traffic

TALKS = "/admin/talks/talk/"
A_LOCK = "LOCK TABLE recaps_recap IN SHARE ROW EXCLUSIVE MODE"


class WorkersKilled(DuringTraffic):
    """All workers are killed; the master starts others."""

    number, name = "F1", "workers killed (kill -9) during saves"
    readers_meet: ClassVar[set[int]] = set()
    writers_meet: ClassVar[set[int]] = set()
    readers_may = {200, NO_ANSWER}
    writers_may = {302, NO_ANSWER}
    errors_within = 2

    def bring_about(self, site: Site) -> None:
        site.kill_workers()

    def lift(self, site: Site) -> None:
        pass


class Reload(DuringTraffic):
    """The master renews its workers, as after new code: nobody notices."""

    number, name = "F21", "reload (HUP) under load"
    readers_meet, writers_meet = {200}, {302}
    readers_may, writers_may = {200}, {302}

    def bring_about(self, site: Site) -> None:
        old = set(site.workers())
        site.signal(signal.SIGHUP)
        wait_until(lambda: len(set(site.workers()) - old) >= 2, what="new workers")
        wait_until(lambda: not old & set(site.workers()), what="old workers ended")

    def lift(self, site: Site) -> None:
        pass


class KilledWhileTagging(Fault):
    """All workers are killed in the middle of tagging all talks: none has the tag, or all have.

    First while the work waits for a lock, then at moments of its own.
    """

    number, name = "F1", "workers killed during bulk tagging"
    rounds: ClassVar[int] = 20
    longest: ClassVar[float] = 1.5

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, answers = Outcome(), []
        with traffic(site, writers=0) as seen:
            answers.append(self._killed_while_waiting(site, outcome))
            errors = [self._errors_since_killed(seen)]
            for number in range(self.rounds if effort.is_whole else 0):
                delay = self.longest * number / self.rounds
                answers.append(self._killed_after(site, delay, outcome))
                errors.append(self._errors_since_killed(seen))
            tag = "tagged-again"
            answers.append(_tag_all(site, tag))
            talks = site.database.value("SELECT count(*) FROM talks_talk")
            outcome.expect_equal("talks tagged by the next try", _tagged(site, tag), (talks, talks))
        outcome.readers = told(seen.read)
        outcome.writers = told(answer.status for answer in answers)
        outcome.expect(set(seen.read) <= {200, NO_ANSWER}, f"readers saw {outcome.readers}")
        outcome.expect_within("errors", max(errors), 2, effort)
        return outcome

    def _errors_since_killed(self, seen: Traffic) -> float:
        steady(seen)
        return seen.errors_since(self._killed)

    def _kill(self, site: Site) -> None:
        self._killed = time.monotonic()
        site.kill_workers()

    def _killed_while_waiting(self, site: Site, outcome: Outcome) -> Answer:
        last = "SELECT id FROM talks_talk ORDER BY id DESC LIMIT 1 FOR UPDATE"
        with site.database.held(last):
            work = Sending(lambda: _tag_all(site, "tagged-waiting"))
            site.database.wait_for_waiting()
            self._kill(site)
            answer = work.answer()
        self._expect_all_or_none(site, "tagged-waiting", answer, outcome)
        return answer

    def _killed_after(self, site: Site, delay: float, outcome: Outcome) -> Answer:
        tag = f"tagged-{delay}"
        opened = _open_tagging(site)
        work = Sending(lambda: _send_tagging(*opened, tag))
        time.sleep(delay)
        self._kill(site)
        answer = work.answer()
        self._expect_all_or_none(site, tag, answer, outcome)
        return answer

    def _expect_all_or_none(self, site: Site, tag: str, answer: Answer, outcome: Outcome) -> None:
        site.database.wait_for_quiet("notes")
        talks = site.database.value("SELECT count(*) FROM talks_talk")
        tagged = _tagged(site, tag)
        outcome.expect(tagged in ((0, 0), (talks, talks)), f"{tag}: (talks, history) is {tagged}")
        outcome.expect(answer.status != 302 or tagged[0], f"{tag}: 302, and nothing was tagged")


class EndedWhileSaving(Fault):
    """The master is told to end while a save waits: it is saved and said so, or neither."""

    number, name = "F22", "site ended (SIGTERM) during a save"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        with traffic(site, writers=1) as seen:
            writing = Writing(site, site.person())
            with site.database.held(A_LOCK):
                work = Sending(lambda: writing.save("kept-at-the-end"))
                site.database.wait_for_waiting()
                site.signal(signal.SIGTERM)
            answer = work.answer()
            outcome.expect_equal("exit status", site.stop(), 0)
            site.start()
            steady(seen)
        count = "SELECT count(*) FROM recaps_recap WHERE title = 'kept-at-the-end'"
        is_stored = site.database.value(count) == 1
        outcome.expect_equal("saved, and said so", is_stored, answer.status == 302)
        outcome.readers, outcome.writers = (
            told(seen.read),
            told([*seen.written.elements(), answer.status]),
        )
        outcome.expect(set(seen.read) <= {200, NO_ANSWER}, f"readers saw {outcome.readers}")
        outcome.expect(set(seen.written) <= {302, NO_ANSWER}, f"writers saw {outcome.writers}")
        note_lost(seen, outcome)
        return outcome


_REDIS = """
import threading
from foundation.page_cache.tests.small_redis import SmallRedis
with SmallRedis() as redis:
    print(redis.url, flush=True)
    threading.Event().wait()
"""


class RedisAway(DuringTraffic):
    """The Redis that keeps pages is killed: pages come from the database."""

    number, name = "F24", "Redis killed"
    how = signal.SIGKILL
    readers_meet, writers_meet = {200}, {302}
    readers_may, writers_may = {200}, {302}
    pages = 20

    def run(self, site: Site, effort: Effort) -> Outcome:
        self._redis = subprocess.Popen(
            [*site.python(), "-c", _REDIS], cwd=HERE, env=site.environment(), stdout=subprocess.PIPE
        )
        if self._redis.stdout is None:
            raise RuntimeError("The small Redis has no output.")
        with closing(self._redis.stdout):
            url = self._redis.stdout.readline().decode().strip()
            try:
                site.restart(REDIS_URL=url)
                return super().run(site, effort)
            finally:
                self._redis.kill()
                self._redis.wait()
                site.restart()

    def bring_about(self, site: Site) -> None:
        self._redis.send_signal(self.how)

    def lift(self, site: Site) -> None:
        pass


class RedisFrozen(RedisAway):
    """The Redis stands still: it takes connections and answers nothing."""

    name = "Redis frozen (SIGSTOP)"
    how = signal.SIGSTOP


def _open_tagging(site: Site) -> tuple[Client, dict[str, str]]:
    """Choose all talks of the list and return the page that asks for tags."""
    client = site.person()
    chosen = client.form(TALKS, "changelist-form")
    asked = {"action": "add_tags", "select_across": "1", "index": "0"}
    one = str(site.database.value("SELECT min(id) FROM talks_talk"))
    token = {"csrfmiddlewaretoken": chosen["csrfmiddlewaretoken"]}
    page = client.post(TALKS, {**token, **asked, "_selected_action": one})
    return client, fields_of(page, "tagging")


def _send_tagging(client: Client, fields: dict[str, str], tag: str) -> Answer:
    return client.post(TALKS, {**fields, "tags": tag, "apply": ""})


def _tag_all(site: Site, tag: str) -> Answer:
    return _send_tagging(*_open_tagging(site), tag)


def _tagged(site: Site, tag: str) -> tuple[int, int]:
    """Return how many talks have the tag, and how many lines of history say so."""
    tagged = (
        "SELECT count(*) FROM talks_taggedtalk AS t JOIN talks_tag ON talks_tag.id = t.tag_id"
        " WHERE talks_tag.name = %s"
    )
    history = "SELECT count(*) FROM django_admin_log WHERE change_message LIKE %s"
    ask = site.database.value
    return ask(tagged, tag), ask(history, f'%"{tag}"%')
