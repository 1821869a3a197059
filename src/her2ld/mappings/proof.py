"""The proof of our identifiers against releases: each must exist, be in use, and have the label and kind that we state.

Two releases can also be compared, for what changed in the entries of our identifiers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from her2ld.errors import Problem, ReleaseError
from her2ld.mappings.releases import Release, ReleaseEntry
from her2ld.mappings.used_identifiers import Identifier, IdentifierUse, Kind


class Severity(StrEnum):
    """The severity of a finding: a violation refutes the identifier, a note does not."""

    VIOLATION = "violation"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A difference between a release and our use of an identifier. ``check`` is its kind, in one or two words."""

    check: str
    severity: Severity
    what: str
    remedy: str
    release: str


@dataclass(frozen=True, slots=True)
class ProofResult:
    """An identifier with the releases that it was checked against, if any, and the findings."""

    use: IdentifierUse
    releases: tuple[str, ...]
    findings: tuple[Discrepancy, ...]

    @property
    def outcome(self) -> str:
        """The outcome: ``unproven`` (no release was given), ``refuted`` or ``proven``."""
        if not self.releases:
            return "unproven"
        return "refuted" if any(each.severity is Severity.VIOLATION for each in self.findings) else "proven"


@dataclass(frozen=True, slots=True)
class Proof:
    """The results for all identifiers, and the releases."""

    releases: tuple[Release, ...]
    results: tuple[ProofResult, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many identifiers of each vocabulary are proven, refuted and unproven."""
        counts: dict[str, Counter[str]] = {}
        for result in self.results:
            counts.setdefault(result.use.identifier.vocabulary, Counter())[result.outcome] += 1
        outcomes = ("proven", "refuted", "unproven")
        return {name: {each: counts[name][each] for each in outcomes} for name in sorted(counts)}

    def as_json(self, *, day: str | None) -> dict[str, object]:
        """Return the proof as JSON; ``day`` is its date, as given by the user."""
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
                    "identifier": str(result.use.identifier),
                    "iri": result.use.iri,
                    "labels": result.use.labels,
                    "used": result.use.used,
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


def wanted(uses: Iterable[IdentifierUse]) -> dict[Identifier, tuple[str, ...]]:
    """Return the identifiers to look up in a release, with the names that we show for each."""
    names: dict[Identifier, tuple[str, ...]] = {}
    for use in uses:
        names[use.identifier] = (*names.get(use.identifier, ()), *use.labels)
    return names


def prove(uses: Sequence[IdentifierUse], releases: Sequence[Release]) -> Proof:
    """Return the proof of each identifier against the releases that cover its vocabulary, or else those that have it.

    An ontology that only imports a term of another vocabulary may have an old copy of it: it is used if there is
    nothing better, and a missing term proves nothing. Raises ReleaseError if no identifier was checked.
    """
    results = []
    for use in uses:
        judges = [each for each in releases if use.identifier.section in each.covers]
        judges = judges or [each for each in releases if use.identifier in each.entries]
        findings = [
            finding for release in judges for finding in _findings(use, release.entries.get(use.identifier), release)
        ]
        results.append(ProofResult(use, tuple(map(str, judges)), tuple(findings)))
    if not any(result.releases for result in results):
        what = f"none of our {len(results)} identifiers belongs to a vocabulary of these releases"
        used = ", ".join(sorted({use.identifier.vocabulary for use in uses}))
        remedy = f"give a release of {used}" if used else "give data with identifiers of other vocabularies"
        raise ReleaseError([Problem(", ".join(map(str, releases)) or "--prove", what, remedy)])
    return Proof(tuple(releases), tuple(results))


def _findings(use: IdentifierUse, entry: ReleaseEntry | None, release: Release) -> Iterator[Discrepancy]:
    name = str(release)
    if entry is None:
        yield _missing(use, name)
        return
    for check in (_retirement, _kind, _pair, _labels, _trees):
        for severity, slug, what, remedy in check(use, entry):
            yield Discrepancy(slug, severity, what, remedy, name)


Found = Iterator[tuple[Severity, str, str, str]]


def _missing(use: IdentifierUse, release: str) -> Discrepancy:
    if use.identifier.kind is Kind.PAIR:
        what = "the release does not list this pair: the qualifier is not allowed for the descriptor"
        remedy = "copy the heading from the current record in PubMed"
        return Discrepancy("pair not listed", Severity.VIOLATION, what, remedy, release)
    what = "the release does not have it"
    return Discrepancy(
        "missing", Severity.VIOLATION, what, "look its name up in the release, and use what is found", release
    )


def _retirement(_use: IdentifierUse, entry: ReleaseEntry) -> Found:
    if not entry.retired:
        return
    if entry.replaced_by:
        successors = ", ".join(entry.replaced_by)
        what = f"{entry.retired}; the release names {successors} instead"
        yield Severity.VIOLATION, "replaced", what, f"use {successors}, if it means the same"
    else:
        remedy = "look for a term that replaces it, or state that the vocabulary has none"
        yield Severity.VIOLATION, "retired", entry.retired, remedy


def _kind(use: IdentifierUse, entry: ReleaseEntry) -> Found:
    identifier = use.identifier
    if identifier.kind is None:
        return
    for demanded in sorted({identifier.kind, *use.demands} - entry.kinds):
        is_what = " and a ".join(sorted(entry.kinds)) or "of an unknown type"
        why = f"we use it as a {demanded}" if demanded in use.demands else f"its form is that of a {demanded}"
        what = f"{why}; in the release it is {'a ' if entry.kinds else ''}{is_what}"
        yield Severity.VIOLATION, "type", what, f"use the identifier of a {demanded}"


def _pair(_use: IdentifierUse, entry: ReleaseEntry) -> Found:
    if entry.forbidden:
        instead = f"; it says to use {', '.join(entry.replaced_by)} instead" if entry.replaced_by else ""
        what = f"the release does not allow the qualifier for the descriptor{instead}"
        yield Severity.VIOLATION, "pair not allowed", what, "copy the heading from the current record in PubMed"


def _labels(use: IdentifierUse, entry: ReleaseEntry) -> Found:
    if entry.forbidden or entry.retired:
        return  # releases mark the names of retired terms
    for shown in use.labels:
        if shown == entry.label:
            continue
        if entry.label is None:
            yield Severity.VIOLATION, "no label", f"we show “{shown}”; the release gives it no name", "show no label"
        elif shown in entry.synonyms:
            what = f"we show “{shown}”, which is {entry.synonyms[shown]}; the preferred name is “{entry.label}”"
            yield Severity.NOTE, "other name", what, f"show “{entry.label}”"
        else:
            what = f"we show “{shown}”; the release calls it “{entry.label}” and has no such synonym"
            remedy = f"if “{entry.label}” is meant, show that name; if not, change the mapping"
            yield Severity.VIOLATION, "label", what, remedy


def _trees(use: IdentifierUse, entry: ReleaseEntry) -> Found:
    if not use.tree_numbers:
        return
    for number in sorted(use.tree_numbers - entry.tree_numbers):
        now = ", ".join(sorted(entry.tree_numbers)) or "none"
        what = f"we state the tree number {number}; the release has {now}"
        yield Severity.VIOLATION, "tree number", what, "state those of the release"
    for number in sorted(entry.tree_numbers - use.tree_numbers):
        what = f"the release also has the tree number {number}, which we do not state"
        yield Severity.NOTE, "new tree number", what, "add it"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry between two releases. ``change`` is its kind, in a few words."""

    use: IdentifierUse
    change: str
    what: str


@dataclass(frozen=True, slots=True)
class Drift:
    """The changes between two releases, and the identifiers that were compared."""

    old: Release
    new: Release
    compared: tuple[IdentifierUse, ...]
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, object]:
        """Return the changes as JSON."""
        return {
            **{
                key: {"name": each.name or None, "form": each.form, "file": each.file, "sha256": each.sha256}
                for key, each in (("old", self.old), ("new", self.new))
            },
            "compared": [str(use.identifier) for use in self.compared],
            "changes": [
                {
                    "identifier": str(each.use.identifier),
                    "iri": each.use.iri,
                    "labels": each.use.labels,
                    "change": each.change,
                    "what": each.what,
                }
                for each in self.changes
            ],
        }


def drift(uses: Sequence[IdentifierUse], old: Release, new: Release) -> Drift:
    """Return the changes between two releases for each identifier that both cover or both have.

    Raises ReleaseError if there is none.
    """
    both = old.covers & new.covers
    compared = tuple(
        use
        for use in uses
        if use.identifier.section in both or (use.identifier in old.entries and use.identifier in new.entries)
    )
    if not compared:
        what = f"none of our {len(uses)} identifiers is in both {old} and {new}"
        remedy = "give two releases of one vocabulary that we use"
        raise ReleaseError([Problem("--drift", what, remedy)])
    changes = [
        Change(use, change, what)
        for use in compared
        for change, what in _changes(use, old.entries.get(use.identifier), new.entries.get(use.identifier))
    ]
    return Drift(old, new, compared, tuple(changes))


def _changes(use: IdentifierUse, old: ReleaseEntry | None, new: ReleaseEntry | None) -> Iterator[tuple[str, str]]:
    if use.identifier.kind is Kind.PAIR:
        yield from _pair_changes(old, new)
    elif old is None and new is not None:
        yield "new", f"it did not exist before; it is “{new.label}”"
    elif new is None and old is not None:
        yield "vanished", f"it was “{old.label}”; it does not exist any more"
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
