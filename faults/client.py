"""A person at a browser without scripts: cookies, pages, forms. Every request is a connection."""

import http.client
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

NO_ANSWER = 0
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back; the status is NO_ANSWER where nothing did."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class _Form(HTMLParser):
    """Reads the fields of one form, as a browser would send them."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._id, self._is_inside, self._templates = form_id, False, 0
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "template":
            self._templates += 1
        elif self._templates:
            return  # for scripts: a form in it is none of the page's
        elif tag == "form":
            self._is_inside = said.get("id") == self._id
        elif self._is_inside:
            self._read_field(tag, said)

    def _read_field(self, tag: str, said: dict[str, str]) -> None:
        if tag == "input":
            self._input(said)
        elif tag == "select":
            self._select = said.get("name", "")
        elif tag == "option" and self._select:
            # The first one, where none is chosen.
            if "selected" in said or self._select not in self.fields:
                self.fields[self._select] = said.get("value", "")
        elif tag == "textarea" and said.get("name"):
            self._textarea = said["name"]
            self.fields[self._textarea] = ""

    def _input(self, said: dict[str, str]) -> None:
        kind, name = said.get("type", "text"), said.get("name", "")
        is_off = kind in ("checkbox", "radio") and "checked" not in said
        if name and not is_off and kind not in ("submit", "button", "file"):
            self.fields[name] = said.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "form" and not self._templates:
            self._is_inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # The first line break of a textarea is none of its text.
            known = self.fields[self._textarea]
            self.fields[self._textarea] = known + (data if known else data.removeprefix("\n"))


class Client:
    """One person at one browser."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return self._ask("POST", path, urlencode(fields).encode(), kind)

    def upload(self, path: str, fields: Mapping[str, str], *, name: str, file: bytes) -> Answer:
        """Send a form with a file."""
        edge = secrets.token_hex(16)
        parts = [(f'name="{key}"', text.encode()) for key, text in fields.items()]
        parts.append((f'name="{name}"; filename="x.png"', file))
        body = b"".join(
            f"--{edge}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
            + content
            + b"\r\n"
            for head, content in parts
        )
        kind = f"multipart/form-data; boundary={edge}"
        return self._ask("POST", path, body + f"--{edge}--\r\n".encode(), kind)

    def form(self, path: str, form_id: str) -> dict[str, str]:
        """Open a page and return the fields of its form. Raises LookupError without them."""
        return fields_of(self.get(path), form_id)

    def log_in(self, username: str, password: str) -> None:
        """Log in by the form of the admin. Raises PermissionError where that fails."""
        answer = self.send_login(username, password)
        if answer.status != 302:
            raise PermissionError(f"The login was answered {answer.status}.")

    def send_login(self, username: str, password: str) -> Answer:
        """Send the form of the login."""
        fields = self.form("/admin/login/", "login-form")
        return self.post("/admin/login/", fields | {"username": username, "password": password})

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            return Answer(NO_ANSWER)
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: each.value for name, each in SimpleCookie(cookie).items()}
        return Answer(response.status, text, dict(response.headers.items()))


class Sending:
    """A request that is under way in a thread of its own."""

    def __init__(self, send: Callable[[], Answer]) -> None:
        self._answers: list[Answer] = []
        self._thread = threading.Thread(target=lambda: self._answers.append(send()), daemon=True)
        self._thread.start()

    def answer(self) -> Answer:
        """Wait for the answer and return it."""
        self._thread.join()
        return self._answers[0]


def fields_of(answer: Answer, form_id: str) -> dict[str, str]:
    """Return the fields of a form on a page. Raises LookupError where it has no such form."""
    form = _Form(form_id)
    form.feed(answer.text)
    if not form.fields:
        raise LookupError(f"No form {form_id} in an answer {answer.status}.")
    return form.fields
