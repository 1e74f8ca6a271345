"""Reads pages as a reader does: the texts and links of the elements that are on them."""

from selectolax.lexbor import LexborHTMLParser


def elements(response, tag=None, *, inside=None, **attributes):
    """Return the elements as dicts of their attributes, with `tag` and `text`.

    `class_="a"` asks for one class among others, other attributes for their exact value;
    `inside` is a class of the element itself, or of one around it.
    """
    html = response.content.decode() if hasattr(response, "content") else response
    page = LexborHTMLParser(html)
    return [
        {**node.attributes, "tag": node.tag, "text": " ".join(node.text().split())}
        for node in page.css(f":is(.{inside}, .{inside} *)" if inside else "*")
        if _matches(node, tag, attributes)
    ]


def texts(response, tag=None, **attributes):
    """Return the texts of the elements, white space collapsed."""
    return [element["text"] for element in elements(response, tag, **attributes)]


def targets(response, **attributes):
    """Return where the links lead."""
    return [element.get("href") for element in elements(response, "a", **attributes)]


def _matches(node, tag, attributes):
    wanted, values = dict(attributes), node.attributes
    classes = (values.get("class") or "").split()
    if "class_" in wanted and wanted.pop("class_") not in classes:
        return False
    is_tag = tag in {None, node.tag}
    return is_tag and all(values.get(key) == value for key, value in wanted.items())
