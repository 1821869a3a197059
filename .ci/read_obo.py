"""Read her2.obo with the libraries of OBO users: pronto, goatools, and OAK with both of its readers. No network.

Usage: python read_obo.py FILE. Each must find the terms and the place of one of them in the tree.
Exit status: 0 if so; 1 if not.
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

AGENT, NAME = "her2:Trastuzumab", "trastuzumab"
ABOVE = {"her2:TherapeuticAgent", "her2:Intervention", "her2:BiomedicalEntity"}

Found = tuple[int, str | None, set[str]]


def by_pronto(file: str) -> Found:
    """Return how many terms there are, what the agent is called, and what stands above it."""
    import pronto

    ontology = pronto.Ontology(file)
    term = ontology[AGENT]
    return len(list(ontology.terms())), term.name, {each.id for each in term.superclasses()}


def by_goatools(file: str) -> Found:
    """Return the same."""
    from goatools.obo_parser import GODag

    terms = GODag(file, optional_attrs={"relationship", "def"}, prt=None)
    return len(terms), terms[AGENT].name, terms[AGENT].get_all_parents()


def by_oak(reader: str) -> Callable[[str], Found]:
    """Return a function that returns the same."""

    def read(file: str) -> Found:
        from oaklib import get_adapter

        adapter = get_adapter(f"{reader}:{file}")
        above = set(adapter.ancestors(AGENT, predicates=["rdfs:subClassOf"]))
        return len(list(adapter.entities())), adapter.label(AGENT), above

    return read


READERS = {
    "pronto": by_pronto,
    "goatools": by_goatools,
    "OAK, pronto": by_oak("pronto"),
    "OAK, simpleobo": by_oak("simpleobo"),
}


def findings(file: Path) -> Iterator[str]:
    """Yield what a reader does not find."""
    written = file.read_text(encoding="utf-8")
    terms = written.count("\n[Term]\n")
    for name, read in READERS.items():
        count, label, above = read(str(file))
        expected = terms + (written.count("\n[Typedef]\n") if name.startswith("OAK") else 0)
        if (count, label) != (expected, NAME) or not above >= ABOVE:
            yield f"{name}: {count} of {expected} terms; {AGENT} is {label!r}, below {sorted(above)}"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    found = list(findings(Path(sys.argv[1])))
    print("\n".join(found) or f"OBO format: read by {', '.join(READERS)}")
    sys.exit(bool(found))
