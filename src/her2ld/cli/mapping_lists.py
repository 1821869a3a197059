"""The output of ``her2ld mappings``: our mappings, comparisons with others, proofs, and changes between releases."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from her2ld.cli.options import GivenFiles
from her2ld.cli.printing import COULD_NOT_RUN, FINDINGS, Styled, echo, echo_json, print_problem, secho, style
from her2ld.cli.reading import sound_quads
from her2ld.texts import counted
from her2ld.vocabulary.identifiers import curie_writer

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from her2ld.errors import Problem
    from her2ld.mappings.mapping_comparison import Comparison
    from her2ld.mappings.proof import Change, Drift, Proof, ProofResult
    from her2ld.mappings.releases import Release
    from her2ld.mappings.sssom_reader import TheirMapping
    from her2ld.mappings.term_mappings import TermMapping
    from her2ld.mappings.used_identifiers import IdentifierUse
    from her2ld.vocabulary.ontology import Vocabulary


# The words between our term and the other one, by the relation.
_STANDING = {
    "exactMatch": "the same as",
    "closeMatch": "close to",
    "broadMatch": "narrower than",
    "narrowMatch": "broader than",
    "relatedMatch": "related to",
}
_SEEN_FROM_THERE = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}

Namer = Callable[["NamedNode"], str]


def print_mappings(vocabulary: "Vocabulary", asked: Sequence[str], *, as_json: bool) -> int:
    """Print all mappings, or those of the given terms; return the exit status."""
    from her2ld.errors import Her2ldError
    from her2ld.mappings.term_mappings import mappings_of, term_mappings

    mappings = term_mappings(vocabulary)
    name = _namer(vocabulary)
    if not asked:
        if as_json:
            echo_json([_as_dict(mapping) for mapping in mappings])
            return 0
        for _, of_one in groupby(mappings, key=lambda mapping: mapping.subject.iri):
            _print_of_ours(tuple(of_one), name)
        echo(_count(mappings))
        return 0
    found: list[tuple[str, NamedNode, Sequence[TermMapping]]] = []
    problems: list[Problem] = []
    for text in asked:
        try:
            found.append((text, *mappings_of(text, vocabulary, mappings)))
        except Her2ldError as error:
            problems += error.problems
    if as_json:
        answers = [
            {"asked": text, "iri": iri.value, "mappings": [_as_dict(mapping) for mapping in some]}
            for text, iri, some in found
        ]
        echo_json(answers)
    else:
        for _, iri, some in found:
            _print_of(iri, some, vocabulary, name)
    for problem in problems:
        print_problem(problem)
    return COULD_NOT_RUN if problems else 0 if all(some for _, _, some in found) else FINDINGS


def print_comparison(vocabulary: "Vocabulary", files: Iterable[Path], *, as_json: bool) -> int:
    """Print the differences between the mappings of others and ours, with our reasons; return the exit status.

    Findings are rows that cannot be read, differences without a reason in the ontology, and tables of which nothing can
    be compared.
    """
    from her2ld.errors import Problem
    from her2ld.mappings.mapping_comparison import Verdict, compare
    from her2ld.mappings.sssom_reader import read_sssom
    from her2ld.mappings.term_mappings import term_mappings

    mappings = term_mappings(vocabulary)
    name = _namer(vocabulary)
    status = 0
    printed = 0
    for file in files:
        counts: Counter[Verdict] = Counter()
        refused: Counter[type[Problem]] = Counter()
        unexplained = False
        for each in compare(_mappings_among(read_sssom(file), refused), mappings):
            counts[each.verdict] += 1
            if as_json:
                echo(("[\n" if not printed else ",\n") + _indented(_comparison_as_dict(each)), nl=False)
                printed += 1
            if each.verdict is Verdict.DIFFERS:
                unexplained = unexplained or not each.reasons
                if not as_json:
                    _print_difference(each, name)
        if refused or unexplained or counts[Verdict.BEYOND] == counts.total():
            status = FINDINGS
        if not as_json:
            echo(
                f"{file}: {counts.total() + refused[Problem]} mappings; agree: {counts[Verdict.AGREES]}, "
                f"differ: {counts[Verdict.DIFFERS]}, undecided by ours: {counts[Verdict.OPEN]}, "
                f"terms missing from ours: {counts[Verdict.BEYOND]}, unreadable: {refused[Problem]}"
            )
    if as_json:
        echo("\n]" if printed else "[]")
    return status


def _mappings_among(
    rows: "Iterable[TheirMapping | Problem]", refused: "Counter[type[Problem]]"
) -> "Iterator[TheirMapping]":
    """Yield the mappings among the rows of a file; print and count the problems."""
    from her2ld.errors import Problem

    for row in rows:
        if isinstance(row, Problem):
            refused[type(row)] += 1
            print_problem(row)
        else:
            yield row


def _indented(item: object) -> str:
    return indent(json.dumps(item, indent=2, ensure_ascii=False), "  ")


def _namer(vocabulary: "Vocabulary") -> Namer:
    write = curie_writer(vocabulary.prefixes)
    return lambda iri: write(iri.value)


def _relation(mapping: "TermMapping", *, seen_from_there: bool = False) -> str:
    local = mapping.relation.value.rpartition("#")[2]
    standing = _STANDING[_SEEN_FROM_THERE.get(local, local) if seen_from_there else local]
    return f"not {standing}" if mapping.negated else standing


def _print_of(iri: "NamedNode", mappings: "Sequence[TermMapping]", vocabulary: "Vocabulary", name: Namer) -> None:
    if iri in vocabulary.terms:
        _print_of_ours(mappings, name) if mappings else echo(f"{name(iri)} is mapped to no other vocabulary")
        return
    if not mappings:
        echo(f"{name(iri)} is mapped to no term of ours")
        return
    label = f", {mappings[0].object_label}" if mappings[0].object_label else ""
    secho(f"{name(iri)}{label} (read in {mappings[0].checked_against})", bold=True)
    for mapping in mappings:
        ours = f"{mapping.subject.label} ({name(mapping.subject.iri)})"
        echo(f"  is {_relation(mapping, seen_from_there=True)} {ours}")
    for note in dict.fromkeys(note for mapping in mappings for note in mapping.notes):
        echo(f"  note: {note}")


def _print_of_ours(mappings: "Sequence[TermMapping]", name: Namer) -> None:
    subject = mappings[0].subject
    secho(f"{subject.label} ({name(subject.iri)})", bold=True)
    for mapping in mappings:
        if mapping.object is None:
            echo(f"  has no term in {mapping.checked_against}")
            continue
        label = f", {mapping.object_label}" if mapping.object_label else ""
        echo(f"  is {_relation(mapping)} {name(mapping.object)}{label} ({mapping.checked_against})")


def _print_difference(comparison: "Comparison", name: Namer) -> None:
    theirs = comparison.theirs
    denied = "not " if theirs.negated else ""
    secho(theirs.where, bold=True)
    first, second = (
        f"{name(iri)} ({label})" if label else name(iri)
        for iri, label in ((theirs.subject, theirs.subject_label), (theirs.object, theirs.object_label))
    )
    echo(f"  theirs: {first} {denied}{name(theirs.relation)} {second}, {theirs.justification}")
    for mapping in comparison.ours:
        if mapping.object and mapping.object != mapping.subject.iri:
            echo(f"  ours: {mapping.subject.label} is {_relation(mapping)} {name(mapping.object)}")
    for reason in comparison.reasons or ("none is given: add a skos:editorialNote to one of the terms",):
        echo(f"  why: {reason}")


def _count(mappings: "Sequence[TermMapping]") -> str:
    terms = len({mapping.subject.iri for mapping in mappings})
    vocabularies = len({mapping.vocabulary.iri for mapping in mappings})
    negated = sum(mapping.negated for mapping in mappings)
    not_found = sum(mapping.object is None for mapping in mappings)
    return (
        f"{len(mappings)} mappings of {terms} terms to {vocabularies} vocabularies; "
        f"{negated} of them say what a term is not, {not_found} that no term was found"
    )


def _as_dict(mapping: "TermMapping") -> dict[str, object]:
    return {
        "iri": mapping.iri.value,
        "subject": mapping.subject.iri.value,
        "subject_label": mapping.subject.label,
        "relation": mapping.relation.value,
        "denied": mapping.negated,
        "object": mapping.object.value if mapping.object else None,
        "object_label": mapping.object_label,
        "vocabulary": mapping.vocabulary.name,
        "checked_against": mapping.checked_against,
        "notes": mapping.notes,
    }


def _comparison_as_dict(comparison: "Comparison") -> dict[str, object]:
    theirs = comparison.theirs
    return {
        "where": theirs.where,
        "subject": theirs.subject.value,
        "relation": theirs.relation.value,
        "denied": theirs.negated,
        "object": theirs.object.value,
        "justification": theirs.justification,
        "verdict": comparison.verdict,
        "ours": [_as_dict(mapping) for mapping in comparison.ours],
        "reasons": comparison.reasons,
    }


_COLOURS = {"violation": "red", "note": "blue"}


def gather_identifier_uses(
    sources: "Sequence[Path]", vocabulary: "Vocabulary", given_files: GivenFiles
) -> "tuple[IdentifierUse, ...]":
    """Return the uses of identifiers in the sources. Raises CurationError if a curation folder has mistakes."""
    from her2ld.mappings.used_identifiers import identifier_uses

    return identifier_uses(sound_quads(sources, vocabulary, given_files), vocabulary.prefixes)


def read_releases(
    paths: "Iterable[Path]", names: "Sequence[str]", claimed: "Sequence[IdentifierUse]", vocabulary: "Vocabulary"
) -> "list[Release]":
    """Return the releases in the files; releases without a name get the given names, in this order."""
    from her2ld.mappings.proof import wanted
    from her2ld.mappings.releases import read_release

    sought = wanted(claimed)
    releases = [read_release(path, sought, vocabulary.prefixes) for path in paths]
    nameless = [place for place, release in enumerate(releases) if not release.name]
    if len(names) > len(nameless):
        known = ", ".join(str(each) for each in releases if each.name)
        raise click.UsageError(
            f"--release is for files that do not name their release; {known or 'each has a name now'}"
        )
    for place, name in zip(nameless, names, strict=False):
        releases[place] = releases[place].named(name)
    return releases


def print_proof(  # noqa: PLR0913  # one for each option that matters to it
    claimed: "Sequence[IdentifierUse]",
    releases: "Sequence[Release]",
    *,
    output: Path | None,
    day: str | None,
    strict: bool,
    as_json: bool,
) -> bool:
    """Prove the identifiers, print or write the proof, and tell whether it failed."""
    from her2ld.files.writing import replacing
    from her2ld.mappings.proof import prove

    proof = prove(claimed, releases)
    text = json.dumps(proof.as_json(day=day), indent=2, ensure_ascii=False)
    if output:
        with replacing(output) as file:
            file.write(f"{text}\n".encode())
    if as_json:
        echo(text)
    else:
        _print_proof_results(proof)
        if output:
            echo(f"wrote {output}")
    return any(each.severity == "violation" or strict for result in proof.results for each in result.findings)


def _print_proof_results(proof: "Proof") -> None:
    for result in proof.results:
        _print_result(result)
    for release in proof.releases:
        echo(f"{release.form}: {release}, sha256 {release.sha256}")
    for vocabulary, counts in proof.counts().items():
        checked = counts["proven"] + counts["refuted"]
        if checked:
            proven = f"{counts['proven']} proven" + (f", {counts['refuted']} refuted" if counts["refuted"] else "")
            echo(f"  {vocabulary}: {checked} checked, {proven}")
    unproven = [result.use.identifier for result in proof.results if result.outcome == "unproven"]
    for vocabulary in dict.fromkeys(each.vocabulary for each in unproven):
        named = [each.local for each in unproven if each.vocabulary == vocabulary]
        echo(f"  {vocabulary}: {len(named)} unproven, no release given: {', '.join(named)}")
    findings = [str(finding.severity) for result in proof.results for finding in result.findings]
    echo(
        f"checked {counted(len(proof.results) - len(unproven), 'identifier')} of {len(proof.results)}: "
        f"{counted(findings.count('violation'), 'finding')}, {counted(findings.count('note'), 'note')}"
    )


def _print_result(result: "ProofResult") -> None:
    for finding in result.findings:
        kind = finding.check if finding.severity == "violation" else f"{finding.check}, a note"
        echo(_title(result.use), "  (", style(kind, fg=_COLOURS[finding.severity]), ")")
        echo(f"  {finding.release}: {finding.what}")
        echo("  ", style("remedy:", fg="green"), f" {finding.remedy}")
        if result.use.used:
            echo(f"  used: {', '.join(result.use.used)}")


def print_drift(claimed: "Sequence[IdentifierUse]", releases: "Sequence[Release]", *, as_json: bool) -> bool:
    """Print the changes of identifiers between two releases; tell whether there are any."""
    from her2ld.mappings.proof import drift

    found = drift(claimed, *releases)
    if as_json:
        echo_json(found.as_json())
    else:
        _print_changes(found)
    return bool(found.changes)


def _print_changes(found: "Drift") -> None:
    for change in found.changes:
        _print_change(change)
    echo(
        f"compared {counted(len(found.compared), 'identifier')} in {found.old} and {found.new}: "
        f"{counted(len(found.changes), 'change')}"
    )


def _print_change(change: "Change") -> None:
    echo(_title(change.use), "  (", style(change.change, fg="yellow"), ")")
    echo(f"  {change.what}")
    if change.use.used:
        echo(f"  used: {', '.join(change.use.used)}")


def _title(claim: "IdentifierUse") -> Styled:
    return style(" ".join((str(claim.identifier), *claim.labels)), bold=True)
