"""What ``her2ld mappings`` says of identifiers held against releases, and of what changed between two releases."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.sources import GivenFiles, sound_quads
from her2ld.texts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from her2ld.mappings.drift import Change, Drift
    from her2ld.mappings.proof import Proof, Result
    from her2ld.mappings.releases import Release
    from her2ld.mappings.usage import IdentifierUse
    from her2ld.vocabulary.ontology import Vocabulary

_COLOURS = {"violation": "red", "note": "blue"}


def gather_claims(
    sources: "Sequence[Path]", vocabulary: "Vocabulary", given_files: GivenFiles
) -> "tuple[IdentifierUse, ...]":
    """Gather what is claimed. A curation folder with mistakes ends the work: what it claims cannot be known."""
    from her2ld.mappings.usage import claims

    return claims(sound_quads(sources, vocabulary, given_files), vocabulary.prefixes)


def read_releases(
    paths: "Iterable[Path]", names: "Sequence[str]", claimed: "Sequence[IdentifierUse]", vocabulary: "Vocabulary"
) -> "list[Release]":
    """Read the releases; those that do not say what they are get the names that were given, in this order."""
    from her2ld.mappings.proof import wanted
    from her2ld.mappings.releases import read_release

    sought = wanted(claimed)
    releases = [read_release(path, sought, vocabulary.prefixes) for path in paths]
    nameless = [place for place, release in enumerate(releases) if not release.name]
    if len(names) > len(nameless):
        known = ", ".join(str(each) for each in releases if each.name)
        raise click.UsageError(
            f"--release is for files that do not say what they are; {known or 'each has a name now'}"
        )
    for place, name in zip(nameless, names, strict=False):
        releases[place] = releases[place].named(name)
    return releases


def report_proof(  # noqa: PLR0913  # one for each option that matters to it
    claimed: "Sequence[IdentifierUse]",
    releases: "Sequence[Release]",
    *,
    output: Path | None,
    day: str | None,
    strict: bool,
    as_json: bool,
) -> bool:
    """Prove, report, and tell whether that failed."""
    from her2ld.files.writing import replacing
    from her2ld.mappings.proof import prove

    proof = prove(claimed, releases)
    text = json.dumps(proof.as_json(day=day), indent=2, ensure_ascii=False)
    if output:
        with replacing(output) as file:
            file.write(f"{text}\n".encode())
    if as_json:
        click.echo(text)
    else:
        _print_proof(proof)
        if output:
            click.echo(f"wrote {output}")
    return any(each.severity == "violation" or strict for result in proof.results for each in result.findings)


def _print_proof(proof: "Proof") -> None:
    for result in proof.results:
        _print_result(result)
    for release in proof.releases:
        click.echo(f"{release.form}: {release}, sha256 {release.sha256}")
    for vocabulary, counts in proof.counts().items():
        checked = counts["proven"] + counts["refuted"]
        if checked:
            proven = f"{counts['proven']} proven" + (f", {counts['refuted']} refuted" if counts["refuted"] else "")
            click.echo(f"  {vocabulary}: {checked} checked, {proven}")
    unproven = [result.claim.identifier for result in proof.results if result.outcome == "unproven"]
    for vocabulary in dict.fromkeys(each.vocabulary for each in unproven):
        named = [each.local for each in unproven if each.vocabulary == vocabulary]
        click.echo(f"  {vocabulary}: {len(named)} unproven, no release given: {', '.join(named)}")
    findings = [str(finding.severity) for result in proof.results for finding in result.findings]
    click.echo(
        f"checked {counted(len(proof.results) - len(unproven), 'identifier')} of {len(proof.results)}: "
        f"{counted(findings.count('violation'), 'finding')}, {counted(findings.count('note'), 'note')}"
    )


def _print_result(result: "Result") -> None:
    for finding in result.findings:
        kind = finding.check if finding.severity == "violation" else f"{finding.check}, a note"
        click.echo(f"{_title(result.claim)}  ({click.style(kind, fg=_COLOURS[finding.severity])})")
        click.echo(f"  {finding.release}: {finding.what}")
        click.echo(f"  {click.style('remedy:', fg='green')} {finding.remedy}")
        if result.claim.used:
            click.echo(f"  used: {', '.join(result.claim.used)}")


def report_drift(claimed: "Sequence[IdentifierUse]", releases: "Sequence[Release]", *, as_json: bool) -> bool:
    """Compare, report, and tell whether anything changed."""
    from her2ld.mappings.drift import drift

    found = drift(claimed, *releases)
    if as_json:
        click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    else:
        _print_drift(found)
    return bool(found.changes)


def _print_drift(found: "Drift") -> None:
    for change in found.changes:
        _print_change(change)
    click.echo(
        f"compared {counted(len(found.compared), 'identifier')} in {found.old} and {found.new}: "
        f"{counted(len(found.changes), 'change')}"
    )


def _print_change(change: "Change") -> None:
    click.echo(f"{_title(change.claim)}  ({click.style(change.change, fg='yellow')})")
    click.echo(f"  {change.what}")
    if change.claim.used:
        click.echo(f"  used: {', '.join(change.claim.used)}")


def _title(claim: "IdentifierUse") -> str:
    return click.style(" ".join((str(claim.identifier), *claim.labels)), bold=True)
