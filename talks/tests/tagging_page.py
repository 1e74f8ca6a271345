"""The page about tags as a browser uses it: what it writes is what is sent back."""

from django.contrib.messages import get_messages
from selectolax.lexbor import LexborHTMLParser

from talks.models import Talk

LIST = "/admin/talks/talk/"
CURATOR = ["talks.view_talk", "talks.change_talk"]


def titles_with(name):
    return set(Talk.objects.filter(tagged__tag__name=name).values_list("title", flat=True))


class Page:
    """The page after choosing talks and an action."""

    def __init__(self, client, response, address):
        assert response.status_code == 200, response.status_code
        self.client, self.response, self.address = client, response, address
        page = LexborHTMLParser(response.content.decode())
        form = [node.attributes for node in page.css("#tagging input")]
        self.inputs = [each["name"] for each in form]
        self.fields = {e["name"]: e.get("value", "") for e in form if e["type"] == "hidden"}
        names, numbers = (
            [node.text().strip() for node in page.css(f"#tagging {tag}")] for tag in ("dt", "dd")
        )
        self.facts = dict(zip(names, map(int, numbers), strict=True))
        context = response.context_data
        self.title, self.notice = context["title"], str(context["notice"])
        self.titles = [talk.title for talk in context["first_talks"]]
        self.errors = context["form"].errors.get("tags", [])

    def send(self, **fields):
        """Post the form as it is, with these fields changed."""
        return self.client.post(self.address, {**self.fields, **fields})

    def numbers(self, tags):
        """Ask for the numbers of these tags."""
        return Page(self.client, self.send(tags=tags, numbers=""), self.address)

    def apply(self, tags):
        """Press the button; return (where it leads, the message)."""
        response = self.send(tags=tags, apply="")
        assert response.status_code == 302, response.context_data["notice"]
        return response.url, messages_of(response)

    def apply_in_vain(self, tags):
        """Press the button where the page is to come again."""
        return Page(self.client, self.send(tags=tags, apply=""), self.address)


def messages_of(response):
    """Return the messages that the next page will show."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def choose(client, talks, action="add_tags", query=""):
    """Tick talks in the list and choose an action, as the list's own form does."""
    chosen = [talk.pk for talk in talks]
    fields = {"action": action, "select_across": "0", "index": "0", "_selected_action": chosen}
    return Page(client, client.post(LIST + query, fields), LIST + query)


def choose_all(client, one, action="add_tags", query=""):
    """Choose all that the list shows, across its pages."""
    fields = {"action": action, "select_across": "1", "index": "0", "_selected_action": [one.pk]}
    return Page(client, client.post(LIST + query, fields), LIST + query)
