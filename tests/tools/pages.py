"""Reads pages as a reader does: the texts and links of the elements that are on them."""

from html.parser import HTMLParser

# They have no end tag.
_VOID = {"br", "hr", "img", "input", "link", "meta"}


class _Reader(HTMLParser):
    def __init__(self, wanted):
        super().__init__()
        self.wanted = wanted
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if self.wanted(tag, values):
            self.found.append({**values, "tag": tag, "text": ""})
        if tag not in _VOID:
            self.open.append((tag, self.found[-1] if self.wanted(tag, values) else None))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _tag, element in self.open:
            if element is not None:
                element["text"] += data


def elements(response, tag=None, *, inside=None, **attributes):
    """Return the elements as dicts of their attributes, with `tag` and `text`.

    `class_="a"` asks for one class among others, other attributes for their exact value;
    `inside` is a class of an element around them.
    """
    html = response.content.decode() if hasattr(response, "content") else response
    reader = _Reader(lambda name, values: _matches(name, values, tag, attributes))
    if inside:
        html = _within(html, inside)
    reader.feed(html)
    return [{**found, "text": " ".join(found["text"].split())} for found in reader.found]


def texts(response, tag=None, **attributes):
    """Return the texts of the elements, white space collapsed."""
    return [element["text"] for element in elements(response, tag, **attributes)]


def targets(response, **attributes):
    """Return where the links lead."""
    return [element.get("href") for element in elements(response, "a", **attributes)]


def _matches(name, values, tag, attributes):
    wanted = dict(attributes)
    classes = (values.get("class") or "").split()
    if "class_" in wanted and wanted.pop("class_") not in classes:
        return False
    return tag in {None, name} and all(values.get(key) == value for key, value in wanted.items())


class _Slicer(HTMLParser):
    def __init__(self, class_name):
        super().__init__(convert_charrefs=False)
        self.class_name = class_name
        self.depth = 0
        self.kept = []

    def handle_starttag(self, tag, attrs):
        is_wanted = self.class_name in (dict(attrs).get("class") or "").split()
        if self.depth or is_wanted:
            self.kept.append(self.get_starttag_text())
            self.depth += tag not in _VOID

    def handle_endtag(self, tag):
        if self.depth:
            self.kept.append(f"</{tag}>")
            self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            self.kept.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")


def _within(html, class_name):
    slicer = _Slicer(class_name)
    slicer.feed(html)
    return "".join(slicer.kept)
