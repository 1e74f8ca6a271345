"""Two people at one recap, and forms whose session, token or row is gone when they are sent."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from faults.client import Answer, Client
from faults.fault import Effort, Fault, Outcome, told
from faults.site import Site
from faults.traffic import ADD, FORM, Writing

PARALLEL = 50


class ManyEditors(Fault):
    """Fifty people save what they began from one version: one wins, the others get both texts."""

    number, name = "F11", f"{PARALLEL} parallel saves of one recap"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        client, recap = site.person(), _new_recap(site, "recap-for-many")
        opened = client.form(_address(recap), FORM)

        def save(number: int) -> Answer:
            return client.post(_address(recap), {**opened, "body": f"Typed by number {number}."})

        with ThreadPoolExecutor(PARALLEL) as pool:
            answers = list(pool.map(save, range(PARALLEL)))
        outcome.writers = told(answer.status for answer in answers)
        won = [number for number, answer in enumerate(answers) if answer.status == 302]
        others = {answer.status for number, answer in enumerate(answers) if number not in won}
        outcome.expect_equal("saves that won", len(won), 1)
        # A save that waited too long for the lock is refused with its text, too.
        outcome.expect(others <= {409, 503}, f"others were answered {others}")
        for number, answer in enumerate(answers):
            is_there = number in won or f"Typed by number {number}." in answer.text
            outcome.expect(is_there, f"the text of number {number} is lost")
        body = "SELECT body FROM recaps_recap WHERE id = %s"
        stored = site.database.value(body, recap)
        outcome.lost = int([stored] != [f"Typed by number {number}." for number in won])
        outcome.expect(not outcome.lost, f"the winner's text is {stored!r}")
        return outcome


class FormWithout(Fault):
    """A form that was open is sent when something it needs is gone: the typed text comes back."""

    number, name = "F12", "saving without session, token, row or title"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, statuses = Outcome(), []
        for what, (take_away, expected) in self._ways().items():
            client, mark = site.person("ben", afresh=True), uuid.uuid4().hex
            recap = _new_recap(site, "recap-without")
            fields = {**client.form(_address(recap), FORM), "body": f"Typed {mark}."}
            take_away(site, client, recap, fields)
            answer = client.post(_address(recap), fields)
            statuses.append(answer.status)
            outcome.expect_equal(f"answer without {what}", answer.status, expected)
            outcome.expect(f"Typed {mark}." in answer.text, f"without {what} the text is lost")
        outcome.writers = told(statuses)
        return outcome

    def _ways(self) -> dict[str, tuple[Callable[[Site, Client, int, dict[str, str]], None], int]]:
        return {
            "session": (_end_session, 403),
            "token": (_change_token, 403),
            "row, which is in the bin": (_delete, 403),
            "any trace of the row": (_delete_for_good, 404),
            "subject": (_leave_out_subject, 200),
        }


def _end_session(site: Site, client: Client, recap: int, fields: dict[str, str]) -> None:
    site.database.ask(
        "DELETE FROM django_session WHERE session_key = %s", client.cookies["sessionid"]
    )


def _change_token(site: Site, client: Client, recap: int, fields: dict[str, str]) -> None:
    client.cookies["csrftoken"] = "a" * 32


def _delete(site: Site, client: Client, recap: int, fields: dict[str, str]) -> None:
    """Have somebody else put it into the bin, where nobody writes it."""
    somebody, page = site.person("cleo"), f"/admin/recaps/recap/{recap}/delete/"
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
    somebody.cookies |= {"csrftoken": client.cookies["csrftoken"]}
    if somebody.post(page, {**token, "post": "yes"}).status != 302:
        raise RuntimeError("The recap was not deleted.")


def _delete_for_good(site: Site, client: Client, recap: int, fields: dict[str, str]) -> None:
    """Have the bin emptied, long after."""
    _delete(site, client, recap, fields)
    site.database.ask(
        "UPDATE recaps_recap SET deleted_at = now() - interval '40 days' WHERE id = %s", recap
    )
    status, said = site.manage("empty_bin")
    left = site.database.value("SELECT count(*) FROM recaps_recap WHERE id = %s", recap)
    if status or left:
        raise RuntimeError(f"The recap was not deleted for good: {said}")


def _leave_out_subject(site: Site, client: Client, recap: int, fields: dict[str, str]) -> None:
    fields["talk"] = ""


def _new_recap(site: Site, slug: str) -> int:
    """Save a recap by the form and return its id."""
    slug = f"{slug}-{uuid.uuid4().hex}"
    answer = Writing(site, site.person()).save(slug)
    if answer.status != 302:
        raise RuntimeError(f"{ADD} answered {answer.status}.")
    recap: int = site.database.value("SELECT id FROM recaps_recap WHERE slug = %s", slug)
    return recap


def _address(recap: int) -> str:
    return f"/admin/recaps/recap/{recap}/change/"
