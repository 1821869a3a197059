"""An HTML document, read strictly: what the standard's parser would mend in silence is a mistake here."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

# Elements without an end tag.
_VOID = {"br", "img", "input", "link", "meta"}


@dataclass
class Element:
    """An element: its name and attributes, and what it holds, elements and texts."""

    name: str
    attributes: dict[str, str]
    content: list["Element | str"] = field(default_factory=list)

    @cached_property
    def below(self) -> list["Element"]:
        """The elements below, as they begin in the document; a document that was read does not change."""
        found = []
        waiting = [each for each in reversed(self.content) if isinstance(each, Element)]
        while waiting:
            element = waiting.pop()
            found.append(element)
            if element.content:
                waiting += [each for each in reversed(element.content) if isinstance(each, Element)]
        return found

    @property
    def text(self) -> str:
        """Return the text content, as the DOM does."""
        return "".join(each if isinstance(each, str) else each.text for each in self.content)

    def all(self, name: str = "", **attributes: str) -> list["Element"]:
        """Return the elements below of that name that have each of the attributes (or each word of ``class_``)."""
        classes = set(attributes.pop("class_", "").split())
        named = [each for each in self.below if each.name == name] if name else self.below
        if not (classes or attributes):
            return named
        return [
            each
            for each in named
            if classes <= set(each.attributes.get("class", "").split())
            and attributes.items() <= each.attributes.items()
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in {each.name for each in self.open}, f"<{tag}/> outside of SVG"
        self.open[-1].content.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read(document: str) -> Element:
    """Read a document. Raises AssertionError where its tags do not nest."""
    reader = _Reader()
    # As the standard has it, before anything else.
    reader.feed(document.replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    assert [each.name for each in reader.open] == [""]
    return reader.root


def outline(document: Element) -> str:
    """Return what a page says: a line for each heading, paragraph, quotation, definition and item."""
    (main,) = document.all("main")
    blocks = {"h1", "h2", "h3", "h4", "p", "blockquote", "dt", "dd", "th", "td", "li"}
    lines = [(each.name, " ".join(each.text.split())) for each in main.all() if each.name in blocks]
    return "\n".join(f"{name}: {text}" for name, text in lines) + "\n"
