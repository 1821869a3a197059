"""Our identifiers held against releases: whether each exists, is in use, is called so, and is what we take it for.

And what changed between two releases for the identifiers that we use.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from her2ld.errors import Problem, ReleaseError
from her2ld.mappings.identifiers import Identifier, Kind
from her2ld.mappings.releases import Release, ReleaseEntry
from her2ld.mappings.usage import IdentifierUse


class Severity(StrEnum):
    """What a finding means for the proof: a violation refutes it, a note does not."""

    VIOLATION = "violation"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What a release says against one of our identifiers. ``check`` names the kind of finding, in one word or two."""

    check: str
    severity: Severity
    what: str
    remedy: str
    release: str


@dataclass(frozen=True, slots=True)
class ProofResult:
    """One identifier with the releases that it was held against, none where none was given, and what was found."""

    claim: IdentifierUse
    releases: tuple[str, ...]
    findings: tuple[Discrepancy, ...]

    @property
    def outcome(self) -> str:
        """In one word: ``unproven`` (no release was given), ``refuted`` or ``proven``."""
        if not self.releases:
            return "unproven"
        return "refuted" if any(each.severity is Severity.VIOLATION for each in self.findings) else "proven"


@dataclass(frozen=True, slots=True)
class Proof:
    """All identifiers and how they fared; ``releases`` without their entries."""

    releases: tuple[Release, ...]
    results: tuple[ProofResult, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many identifiers of each vocabulary are proven, refuted and unproven."""
        counts: dict[str, Counter[str]] = {}
        for result in self.results:
            counts.setdefault(result.claim.identifier.vocabulary, Counter())[result.outcome] += 1
        outcomes = ("proven", "refuted", "unproven")
        return {name: {each: counts[name][each] for each in outcomes} for name in sorted(counts)}

    def as_json(self, *, day: str | None) -> dict[str, object]:
        """Return the proof as it is written to a file; ``day`` is when it was made, as the user says."""
        return {
            "date": day,
            "releases": [
                {
                    "name": each.name or None,
                    "form": each.form,
                    "file": each.file,
                    "sha256": each.sha256,
                    "covers": sorted(each.covers),
                }
                for each in self.releases
            ],
            "counts": self.counts(),
            "identifiers": [
                {
                    "identifier": str(result.claim.identifier),
                    "iri": result.claim.iri,
                    "labels": result.claim.labels,
                    "used": result.claim.used,
                    "outcome": result.outcome,
                    "releases": result.releases,
                    "findings": [
                        {
                            "check": each.check,
                            "severity": each.severity,
                            "what": each.what,
                            "remedy": each.remedy,
                            "release": each.release,
                        }
                        for each in result.findings
                    ],
                }
                for result in self.results
            ],
        }


def wanted(claimed: Iterable[IdentifierUse]) -> dict[Identifier, tuple[str, ...]]:
    """Return what a release has to be looked up for: the identifiers, with the names that we show for each."""
    names: dict[Identifier, tuple[str, ...]] = {}
    for claim in claimed:
        names[claim.identifier] = (*names.get(claim.identifier, ()), *claim.labels)
    return names


def prove(claimed: Sequence[IdentifierUse], releases: Sequence[Release]) -> Proof:
    """Hold each identifier against the releases that cover its vocabulary, else against those that know it.

    An ontology that only borrows a term of another vocabulary may hold an old copy of it; it is asked where there is
    nothing better, and its silence proves nothing. Raises ReleaseError where no identifier was checked.
    """
    results = []
    for claim in claimed:
        judges = [each for each in releases if claim.identifier.section in each.covers]
        judges = judges or [each for each in releases if claim.identifier in each.entries]
        findings = [
            finding
            for release in judges
            for finding in _findings(claim, release.entries.get(claim.identifier), release)
        ]
        results.append(ProofResult(claim, tuple(map(str, judges)), tuple(findings)))
    if not any(result.releases for result in results):
        what = f"none of our {len(results)} identifiers is of a vocabulary that was given"
        used = ", ".join(sorted({claim.identifier.vocabulary for claim in claimed}))
        remedy = f"give a release of {used}" if used else "give data that name identifiers of other vocabularies"
        raise ReleaseError([Problem(", ".join(map(str, releases)) or "--prove", what, remedy)])
    return Proof(tuple(releases), tuple(results))


def _findings(claim: IdentifierUse, entry: ReleaseEntry | None, release: Release) -> Iterator[Discrepancy]:
    name = str(release)
    if entry is None:
        yield _missing(claim, name)
        return
    for check in (_retirement, _kind, _pair, _labels, _trees):
        for severity, slug, what, remedy in check(claim, entry):
            yield Discrepancy(slug, severity, what, remedy, name)


Said = Iterator[tuple[Severity, str, str, str]]


def _missing(claim: IdentifierUse, release: str) -> Discrepancy:
    if claim.identifier.kind is Kind.PAIR:
        what = "the release does not list this pair: the qualifier is not allowed for the descriptor"
        remedy = "look the heading up in the record that PubMed has now, and copy it"
        return Discrepancy("pair not listed", Severity.VIOLATION, what, remedy, release)
    what = "the release does not have it"
    return Discrepancy(
        "missing", Severity.VIOLATION, what, "look its name up in the release, and use what is found", release
    )


def _retirement(_claim: IdentifierUse, entry: ReleaseEntry) -> Said:
    if not entry.retired:
        return
    if entry.replaced_by:
        successors = ", ".join(entry.replaced_by)
        what = f"{entry.retired}; the release names {successors} instead"
        yield Severity.VIOLATION, "replaced", what, f"use {successors}, if it means the same"
    else:
        remedy = "look for the term that took its place, or say that the vocabulary has none"
        yield Severity.VIOLATION, "retired", entry.retired, remedy


def _kind(claim: IdentifierUse, entry: ReleaseEntry) -> Said:
    identifier = claim.identifier
    if identifier.kind is None:
        return
    for demanded in sorted({identifier.kind, *claim.demands} - entry.kinds):
        is_what = " and a ".join(sorted(entry.kinds)) or "of no type that we know"
        why = f"we use it as a {demanded}" if demanded in claim.demands else f"its form is that of a {demanded}"
        what = f"{why}; in the release it is {'a ' if entry.kinds else ''}{is_what}"
        yield Severity.VIOLATION, "type", what, f"use the identifier of a {demanded}"


def _pair(_claim: IdentifierUse, entry: ReleaseEntry) -> Said:
    if entry.forbidden:
        instead = f"; it says to use {', '.join(entry.replaced_by)} instead" if entry.replaced_by else ""
        what = f"the release does not allow the qualifier for the descriptor{instead}"
        yield Severity.VIOLATION, "pair not allowed", what, "take the heading from the record that PubMed has now"


def _labels(claim: IdentifierUse, entry: ReleaseEntry) -> Said:
    if entry.forbidden or entry.retired:
        return  # releases mark the names of what is not to be used
    for shown in claim.labels:
        if shown == entry.label:
            continue
        if entry.label is None:
            yield Severity.VIOLATION, "no label", f"we show “{shown}”; the release gives it no name", "show no label"
        elif shown in entry.synonyms:
            what = f"we show “{shown}”, which is {entry.synonyms[shown]}; the preferred name is “{entry.label}”"
            yield Severity.NOTE, "other name", what, f"show “{entry.label}”"
        else:
            what = f"we show “{shown}”; the release calls it “{entry.label}”, and has no such other name"
            remedy = f"see whether “{entry.label}” is what we mean; if so show that, if not map anew"
            yield Severity.VIOLATION, "label", what, remedy


def _trees(claim: IdentifierUse, entry: ReleaseEntry) -> Said:
    if not claim.tree_numbers:
        return
    for number in sorted(claim.tree_numbers - entry.tree_numbers):
        now = ", ".join(sorted(entry.tree_numbers)) or "none"
        what = f"we state the tree number {number}; the release has {now}"
        yield Severity.VIOLATION, "tree number", what, "state those of the release"
    for number in sorted(entry.tree_numbers - claim.tree_numbers):
        what = f"the release has the tree number {number}, too, which we do not state"
        yield Severity.NOTE, "new tree number", what, "state it"


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


def _changes(claim: IdentifierUse, old: ReleaseEntry | None, new: ReleaseEntry | None) -> Iterator[tuple[str, str]]:
    if claim.identifier.kind is Kind.PAIR:
        yield from _pair_changes(old, new)
    elif old is None and new is not None:
        yield "new", f"it was not there; it is “{new.label}”"
    elif new is None and old is not None:
        yield "vanished", f"it was “{old.label}”; it is not there any more"
    if old is not None and new is not None:
        yield from _differences(old, new)


def _differences(old: ReleaseEntry, new: ReleaseEntry) -> Iterator[tuple[str, str]]:
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


def _pair_changes(old: ReleaseEntry | None, new: ReleaseEntry | None) -> Iterator[tuple[str, str]]:
    was, is_now = (each is not None and not each.forbidden and not each.retired for each in (old, new))
    if was and not is_now:
        yield "pair not allowed any more", "the qualifier was allowed for the descriptor"
    if is_now and not was:
        yield "pair allowed", "the qualifier was not allowed for the descriptor"
