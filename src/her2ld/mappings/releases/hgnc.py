"""HGNC's complete set of genes: tab-separated values with a header that names the columns."""

from her2ld.mappings.identifiers import Identifier
from her2ld.mappings.releases.entry import Release, ReleaseEntry, Wanted
from her2ld.mappings.releases.files import Source, lines

FORM = "HGNC complete set"
VOCABULARY = "hgnc"

_IDENTIFIER, _SYMBOL, _STATUS = "hgnc_id", "symbol", "status"
_OTHER_NAMES = {
    "alias_symbol": "an alias symbol",
    "prev_symbol": "a previous symbol",
    "alias_name": "an alias of the name",
    "prev_name": "a previous name",
    "name": "the name of the gene, not its symbol",
}
_APPROVED = "Approved"
BEGINNING = f"{_IDENTIFIER}\t{_SYMBOL}\t".encode()


def read(source: Source, wanted: Wanted) -> Release:
    """Look the identifiers up. Raises ReleaseError where a column is missing, or a row has another number of cells."""
    entries = {}
    with source.open() as stream:
        rows = lines(source, stream)
        header = next(rows)[1].split("\t")
        if missing := [name for name in (_IDENTIFIER, _SYMBOL, _STATUS) if name not in header]:
            raise source.problem(f"has no column {', '.join(missing)}", "give hgnc_complete_set.txt", 1)
        count = 0
        for number, line in rows:
            cells = line.split("\t")
            if len(cells) != len(header):
                what = f"has {len(cells)} cells where the header has {len(header)}"
                raise source.problem(what, "download it again", number)
            row = dict(zip(header, cells, strict=True))
            identifier = Identifier(VOCABULARY, row[_IDENTIFIER].rpartition(":")[2])
            if identifier in wanted:
                entries[identifier] = _entry(row)
            count += 1
    if not count:
        raise source.problem("has a header and no gene", "download it again")
    return Release(source.path.name, FORM, "", source.sha256, frozenset({VOCABULARY}), entries)


def _entry(row: dict[str, str]) -> ReleaseEntry:
    names = {
        name: is_what
        for column, is_what in _OTHER_NAMES.items()
        for name in row.get(column, "").strip('"').split("|")
        if name
    }
    status = row[_STATUS]
    retired = "" if status == _APPROVED else f"its status is “{status}”, not “{_APPROVED}”"
    return ReleaseEntry(row[_SYMBOL], names, retired=retired)
