"""The records that the environment gives to the tests: the abstracts of the papers in ``curation`` are not in git."""

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from her2ld.curation.record_file import read_offered
from her2ld.errors import RecordError
from her2ld.iris import record_key
from her2ld.pubmed import Record
from her2ld.pubmed.forms import files_of

VARIABLE = "HER2LD_RECORDS"
NOT_PROVEN = f"{VARIABLE} names no records: the words of abstracts are not proven, their digests and places are"


@dataclass(frozen=True, slots=True)
class GivenRecords:
    """The records of papers by their keys, the files that hold them, and the files and why they were left out."""

    records: dict[str, Record] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)


@cache
def given_records(keys: frozenset[str]) -> GivenRecords:
    """Read the file, or all files of the folder, that the environment names; keep the records of those papers.

    A folder may hold other things: a file that cannot be read whole, or has the record of no paper, is left out and
    named. Two files whose records of a paper differ are an error, as they are for ``--records``.
    """
    source = os.environ.get(VARIABLE)
    if not source:
        return GivenRecords()
    records: dict[str, Record] = {}
    files: list[str] = []
    left_out: dict[str, str] = {}
    for file in files_of(str(Path(source).absolute())):
        try:
            found = {record_key(each): each for each in read_offered([file])[0] if record_key(each) in keys}
        except RecordError as error:
            left_out[file] = error.problems[0].what
            continue
        if not found:
            left_out[file] = "holds the record of none of the papers"
            continue
        for key, record in found.items():
            before = records.setdefault(key, record)
            assert before.texts == record.texts, f"{file}: {key} has another title or abstract than in a file before"
        files.append(file)
    return GivenRecords(records, tuple(files), left_out)
