"""Reading XML files that nobody vouches for: no DTD, no entities, nothing fetched.

Whatever is wrong ends in one `UnreadableFileError` with the place in the file.
"""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext_lazy as _

from exchange.files.json_files import TOO_BIG, TOO_DEEP, UnreadableFileError
from exchange.report import error

MAX_DEPTH = 40
# A programme of 10,000 talks with 30 elements each has 300,000.
MAX_ELEMENTS = 3_000_000

NOT_XML = error("file.not_xml", _("This is not well-formed XML; the file was skipped."))
HAS_DTD = error(
    "file.dtd", _("The file has a document type or entities of its own; it was skipped.")
)


class XmlDocument:
    """A parsed file: its root, names without namespaces, and in which line each element begins."""

    def __init__(self, root: Element, lines: dict[Element, int]) -> None:
        self.root = root
        self._lines = lines

    def line_of(self, element: Element) -> int:
        """Return the line in which the element begins."""
        return self._lines.get(element, 0)


class _Builder(TreeBuilder):
    """Builds elements without namespaces, and remembers the lines of those of one name."""

    def __init__(self, numbered: str) -> None:
        super().__init__()
        self.lines: dict[Element, int] = {}
        self.expat: Any = None
        self._numbered = numbered
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableFileError(TOO_DEEP, location=self._place())
        if self._count > MAX_ELEMENTS:
            raise UnreadableFileError(TOO_BIG, self._count, self._place())
        element = super().start(tag.rpartition("}")[2], attrs)
        if element.tag == self._numbered:
            self.lines[element] = self.expat.CurrentLineNumber
        return element

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])

    def _place(self) -> str:
        return f"line {self.expat.CurrentLineNumber}"


def parse_xml(content: bytes, *, numbered: str) -> XmlDocument:
    """Return what a file's bytes hold; raise UnreadableFileError where that is no safe XML.

    The lines of elements called `numbered` are remembered.
    """
    builder = _Builder(numbered)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(content)
        root = parser.close()
    except ParseError as problem:
        line, column = problem.position
        raise UnreadableFileError(NOT_XML, str(problem), f"{line}:{column + 1}") from problem
    except DefusedXmlException as problem:
        raise UnreadableFileError(HAS_DTD, type(problem).__name__, builder._place()) from problem
    except (LookupError, ValueError) as problem:  # an encoding that Python does not know
        raise UnreadableFileError(NOT_XML, str(problem)) from problem
    return XmlDocument(root, builder.lines)
