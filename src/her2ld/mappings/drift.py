"""What changed between two releases for the identifiers that we use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from her2ld.errors import Problem, ReleaseError
from her2ld.mappings.identifiers import Kind
from her2ld.mappings.releases import Entry, Release
from her2ld.mappings.usage import IdentifierUse


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was. ``change`` names the kind of change, in one word or a few."""

    claim: IdentifierUse
    change: str
    what: str


@dataclass(frozen=True, slots=True)
class Drift:
    """All changes, and the identifiers that were compared."""

    old: Release
    new: Release
    compared: tuple[IdentifierUse, ...]
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            **{
                key: {"name": each.name or None, "form": each.form, "file": each.file, "sha256": each.sha256}
                for key, each in (("old", self.old), ("new", self.new))
            },
            "compared": [str(claim.identifier) for claim in self.compared],
            "changes": [
                {
                    "identifier": str(each.claim.identifier),
                    "iri": each.claim.iri,
                    "labels": each.claim.labels,
                    "change": each.change,
                    "what": each.what,
                }
                for each in self.changes
            ],
        }


def drift(claimed: Sequence[IdentifierUse], old: Release, new: Release) -> Drift:
    """Compare what two releases say of each identifier that both cover, or both have.

    Raises ReleaseError where there is none.
    """
    both = old.covers & new.covers
    compared = tuple(
        claim
        for claim in claimed
        if claim.identifier.section in both or (claim.identifier in old.entries and claim.identifier in new.entries)
    )
    if not compared:
        what = f"there is none of our {len(claimed)} identifiers that both {old} and {new} cover"
        remedy = "give two releases of one vocabulary that we use"
        raise ReleaseError([Problem("--drift", what, remedy)])
    changes = [
        Change(claim, change, what)
        for claim in compared
        for change, what in _changes(claim, old.entries.get(claim.identifier), new.entries.get(claim.identifier))
    ]
    return Drift(old, new, compared, tuple(changes))


def _changes(claim: IdentifierUse, old: Entry | None, new: Entry | None) -> Iterator[tuple[str, str]]:
    if claim.identifier.kind is Kind.PAIR:
        yield from _pair_changes(old, new)
    elif old is None and new is not None:
        yield "new", f"it was not there; it is “{new.label}”"
    elif new is None and old is not None:
        yield "vanished", f"it was “{old.label}”; it is not there any more"
    if old is not None and new is not None:
        yield from _differences(old, new)


def _differences(old: Entry, new: Entry) -> Iterator[tuple[str, str]]:
    if new.label and old.label and new.label != old.label:
        yield "renamed", f"it was “{old.label}”; it is “{new.label}”"
    if new.retired and not old.retired:
        yield "retired", new.retired
    if old.retired and not new.retired:
        yield "in use again", f"{old.retired} in the old release"
    if new.replaced_by and new.replaced_by != old.replaced_by:
        yield "replaced", f"the release names {', '.join(new.replaced_by)} instead"
    if new.kinds != old.kinds:
        before, now = (" and ".join(sorted(each)) or "nothing known" for each in (old.kinds, new.kinds))
        yield "another type", f"it was {before}; it is {now}"
    for number in sorted(old.tree_numbers - new.tree_numbers):
        yield "left a place in the tree", number
    for number in sorted(new.tree_numbers - old.tree_numbers):
        yield "new place in the tree", number


def _pair_changes(old: Entry | None, new: Entry | None) -> Iterator[tuple[str, str]]:
    was, is_now = (each is not None and not each.forbidden and not each.retired for each in (old, new))
    if was and not is_now:
        yield "pair not allowed any more", "the qualifier was allowed for the descriptor"
    if is_now and not was:
        yield "pair allowed", "the qualifier was not allowed for the descriptor"
