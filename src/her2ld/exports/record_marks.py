"""What is noted of each record while it is written: which paper it is of, when it was revised, and where it begins.

It lies in a small file beside the part that holds the lines, sixteen bytes a record.
"""

from array import array
from hashlib import blake2b
from typing import IO, NamedTuple

from her2ld.files.streams import opened_bytes
from her2ld.iris import article_and_page, is_later_version
from her2ld.pubmed.article import Article, PartialDate
from her2ld.pubmed.printed import by_precision
from her2ld.remembered import Remembered

NO_PAPER = 0
_LONGEST_NUMBER = 18  # digits that fit below the highest bit
_HIGHEST_BIT = 1 << 63


class Marks(NamedTuple):
    """The marks of a part, in the order of its records: the paper as a number, the day of the revision, the first line.

    Two records have the same number if they get the same IRI; what is of no paper has ``NO_PAPER``. A day is the digits
    of its date, 0 where there is none. Lines are counted from 0; a record that was not written has none.
    """

    papers: "array[int]"
    revisions: "array[int]"
    lines: "array[int]"

    @classmethod
    def none(cls) -> "Marks":
        """Return those of a part without records."""
        return cls(array("Q"), array("I"), array("I"))

    def write(self, file: IO[bytes]) -> None:
        """Write them into a file."""
        file.write(len(self.papers).to_bytes(8, "big"))
        for each in self:
            file.write(each.tobytes())


def read_marks(place: str) -> Marks:
    """Read the marks of a part from their file."""
    marks = Marks.none()
    with opened_bytes(place) as file:
        count = int.from_bytes(file.read(8), "big")
        for each in marks:
            each.frombytes(file.read(count * each.itemsize))
    return marks


def paper_number(article: Article) -> int:
    """Return a number that two records share if they get the same IRI: the PMID, or else a digest of the IRI."""
    pmid = article.pmid
    if pmid and len(pmid) <= _LONGEST_NUMBER and pmid[0] != "0" and not is_later_version(article):
        return int(pmid)
    digest = blake2b(article_and_page(article)[0].encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") | _HIGHEST_BIT


def _digits(date: PartialDate | None) -> int:
    day = by_precision(date) if date else None
    return int(day.replace("-", "").ljust(8, "0")) if day else 0


revision_of = Remembered(_digits, most=1 << 12)  # neighbours in a file were revised on few days
