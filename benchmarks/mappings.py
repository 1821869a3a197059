"""How long proving our MeSH identifiers takes beside a bare parse of the same release, as whole processes in turn.

    python benchmarks/mappings.py [--rounds NUMBER] [--records NUMBER]

The release is synthetic, in the form in which NLM writes MeSH in RDF and of its size: 350,000 descriptors and
supplementary concept records with their concepts, terms and pairs, 15 million triples, packed with gzip. Ours are among
them under the names that we show, so that the proof passes. The bare parse is pyoxigraph's, of the same file, unpacked
by the same library, with nothing done to the triples.
"""

import gzip
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from her2ld import build, curation_folders, read_curation, read_ontology
from her2ld.mappings.identifiers import MESH, Kind
from her2ld.mappings.usage import IdentifierUse, claims
from her2ld.vocabulary.standard import MESH as M
from her2ld.vocabulary.standard import MESHV as V
from her2ld.vocabulary.standard import RDF, RDFS, XSD
from measuring import MIB, cpu, in_turns, memory, options, ratio, whole

BARE = """
import gzip, sys, pyoxigraph
with gzip.open(sys.argv[1]) as file:
    for _ in pyoxigraph.parse(input=file, format=pyoxigraph.RdfFormat.N_TRIPLES):
        pass
"""
TYPES = {Kind.DESCRIPTOR: "TopicalDescriptor", Kind.QUALIFIER: "Qualifier", Kind.SUPPLEMENTARY: "SCR_Chemical"}
DESCRIPTORS = 12  # of these many records one is a descriptor
PAIRS = 18
ROUNDS, RECORDS = 5, 350_000
TERMS = 2


def about(subject: str, *said: tuple[str, str]) -> list[str]:
    """Write lines about a subject: each a property, and a value as N-Triples has it."""
    active = f'"true"^^<{XSD}boolean>'
    return [f"<{M}{subject}> <{name}> {value} .\n" for name, value in ((f"{V}active", active), *said)]


def record(identifier: str, type_: str, name: str, number: int, more: list[tuple[str, str]]) -> list[str]:
    """Write a record with its concept and its terms."""
    concept = f"M9{number:07d}"
    day = f'"1999-01-01"^^<{XSD}date>'
    lines = about(
        identifier,
        (f"{V}dateCreated", day),
        (f"{V}dateRevised", day),
        (f"{V}identifier", f'"{identifier}"'),
        (f"{V}preferredConcept", f"<{M}{concept}>"),
        (f"{V}note", f'"a note on \\"{name}\\": how it is made, where it was seen first, what else is known"@en'),
        (f"{V}source", f'"J Biol {number % 97}({number % 12}):{number};1999"@en'),
        (f"{RDF}type", f"<{V}{type_}>"),
        (f"{RDFS}label", f'"{name}"@en'),
        *more,
    )
    lines += about(
        concept,
        (f"{V}identifier", f'"{concept}"'),
        (f"{V}registryNumber", '"0"'),
        (f"{V}scopeNote", f'"what is meant by {name}"@en'),
        (f"{RDF}type", f"<{V}Concept>"),
        (f"{RDFS}label", f'"{name}"@en'),
        *((f"{V}{'term' if term else 'preferredTerm'}", f"<{M}T9{number:07d}{term}>") for term in range(TERMS)),
    )
    for term in range(TERMS):
        lines += about(
            f"T9{number:07d}{term}",
            (f"{V}dateCreated", day),
            (f"{V}identifier", f'"T9{number:07d}{term}"'),
            (f"{V}lexicalTag", '"NON"@en'),
            (f"{V}thesaurusID", '"NLM (1970)"@en'),
            (f"{V}prefLabel", f'"{name}, term {term}"@en'),
            (f"{V}altLabel", f'"term {term} of {name}"@en'),
            (f"{RDF}type", f"<{V}Term>"),
        )
    return lines


def pair(descriptor: str, qualifier: str, name: str) -> list[str]:
    """Write a pair that is allowed."""
    return about(
        descriptor + qualifier,
        (f"{V}hasDescriptor", f"<{M}{descriptor}>"),
        (f"{V}hasQualifier", f"<{M}{qualifier}>"),
        (f"{RDF}type", f"<{V}AllowedDescriptorQualifierPair>"),
        (f"{RDFS}label", f'"{name}"@en'),
    )


def ours(claimed: list[IdentifierUse], number: int) -> Iterator[list[str]]:
    """Yield what NLM would say, if all that we claim is true."""
    for claim in claimed:
        local, kind = claim.identifier.local, claim.identifier.kind
        if kind is Kind.PAIR:
            yield pair(local[: local.index("Q")], local[local.index("Q") :], claim.labels[0])
        elif kind:
            type_ = "PublicationType" if Kind.PUBLICATION_TYPE in claim.demands else TYPES[kind]
            trees = [(f"{V}treeNumber", f"<{M}{tree}>") for tree in sorted(claim.tree_numbers)]
            yield record(local, type_, claim.labels[0], number, trees)
        number += 1


def release(claimed: list[IdentifierUse], records: int) -> Iterator[list[str]]:
    """Yield the release, record by record, ours spread among the others."""
    waiting = ours(claimed, records)
    every = max(1, records // len(claimed))
    for number in range(records):
        if number % every == 0:
            yield next(waiting, [])
        if number % DESCRIPTORS:
            mapped = [(f"{V}mappedTo", f"<{M}D9{number % 29_000:06d}Q9{number % 70:05d}>")]
            yield record(f"C9{number:08d}", "SCR_Chemical", f"substance {number}", number, mapped)
        else:
            descriptor = f"D9{number:08d}"
            tree = [(f"{V}treeNumber", f"<{M}D{number % 27:02d}.{number % 900:03d}.{number % 700:03d}>")]
            yield record(descriptor, "TopicalDescriptor", f"heading {number}", number, tree)
            for qualifier in range(PAIRS):
                yield pair(descriptor, f"Q9{qualifier:05d}", f"heading {number}/qualifier {qualifier}")
    yield from waiting


def write(path: Path, claimed: list[IdentifierUse], records: int) -> tuple[int, int]:
    """Write the release, and give its triples and its bytes before packing."""
    triples = size = 0
    with gzip.open(path, "wb", compresslevel=6) as file:
        for lines in release(claimed, records):
            triples += len(lines)
            size += file.write("".join(lines).encode())
    return triples, size


def main(rounds: int, records: int) -> None:
    """Print what both take, their ratio, and the memory."""
    vocabulary = read_ontology()
    curations = [read_curation(folder, vocabulary) for folder in curation_folders()]
    claimed = [
        each for each in claims(build(vocabulary, curations), vocabulary.prefixes) if each.identifier.vocabulary == MESH
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mesh.nt.gz"
        triples, size = write(path, claimed, records)
        print(f"{triples:,} triples, {size / MIB:,.0f} MiB, packed {path.stat().st_size / MIB:,.0f} MiB", flush=True)
        commands = {
            "her2ld mappings --prove": [sys.executable, "-m", "her2ld", "mappings", "--prove", str(path)],
            "bare parse": [sys.executable, "-c", BARE, str(path)],
        }
        done = in_turns({name: partial(whole, command) for name, command in commands.items()}, rounds)
    for name, taken in done.items():
        print(f"  {name:24} {cpu(taken):.2f} s, {memory(taken):,.0f} MiB")
    proof, bare = done.values()
    print(f"  the proof takes {ratio(proof, bare):.2f} of the bare parse")


if __name__ == "__main__":
    parser = options(__doc__, rounds=ROUNDS, before=False)
    parser.add_argument("--records", metavar="NUMBER", type=int, default=RECORDS, help="of the release")
    given = parser.parse_args()
    main(given.rounds, given.records)
