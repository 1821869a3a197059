"""What a release says, whichever form it has."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from her2ld.mappings.identifiers import Identifier, Kind

Wanted = Mapping[Identifier, tuple[str, ...]]
"""The identifiers to be looked up, with the names that we show for each."""


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """What a release says of one identifier.

    ``label`` is the preferred name; ``synonyms`` are the other names, each with what the release has it as (an entry
    term, a previous symbol); a reader that has to search for them may leave them out where the preferred name is the
    one that is shown. ``retired`` says why the identifier is not to be used any more, and is empty for one that is in
    use; ``replaced_by`` names what took its place, where the release does. ``forbidden`` is for pairs: the release
    lists it as one that is not allowed.
    """

    label: str | None = None
    synonyms: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[Kind] = frozenset()
    retired: str = ""
    replaced_by: tuple[str, ...] = ()
    tree_numbers: frozenset[str] = frozenset()
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """One file of a release.

    ``form`` says what was recognised in it; ``name`` is what its owner or, if the file does not say, the user calls
    it; ``covers`` are the sections of vocabularies (``Identifier.section``) of which it holds all, so that what is not
    in it does not exist; ``entries`` is what it says of the identifiers that were looked up.
    """

    file: str
    form: str
    name: str
    sha256: str
    covers: frozenset[str]
    entries: Mapping[Identifier, ReleaseEntry]

    def named(self, name: str) -> "Release":
        """Return the same under another name."""
        return replace(self, name=name)

    def __str__(self) -> str:
        """Call it by its name, with the file."""
        return f"{self.name} ({self.file})" if self.name else self.file

    def as_json(self) -> dict[str, object]:
        """Return it as numbers, strings, lists and objects; :meth:`from_json` reads it."""
        entries = {
            "\t".join(identifier): {
                key: sorted(value) if isinstance(value, frozenset) else value for key, value in asdict(entry).items()
            }
            for identifier, entry in self.entries.items()
        }
        return {**asdict(replace(self, entries={})), "covers": sorted(self.covers), "entries": entries}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "Release":
        """Read what :meth:`as_json` gave."""
        entries = {
            Identifier(*key.split("\t")): ReleaseEntry(
                said["label"],
                said["synonyms"],
                frozenset(map(Kind, said["kinds"])),
                said["retired"],
                tuple(said["replaced_by"]),
                frozenset(said["tree_numbers"]),
                said["forbidden"],
            )
            for key, said in document["entries"].items()
        }
        return cls(**{**document, "covers": frozenset(document["covers"]), "entries": entries})
