"""The claim of an entry: its ends and its relation, looked up in the ontology and found in the words of the paper."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper, Words
from her2ld.pubmed import Place
from her2ld.statements import Claim
from her2ld.statements.statement import FIELDS
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.model import BIOMEDICAL_ENTITY
from her2ld.vocabulary.ontology import Term


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a claim: its term or its group's regimen, the words that name it, and their reading."""

    iri: NamedNode
    term: Term | None
    group: NamedNode | None
    words: tuple[Words, ...]
    readings: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with the words that name its ends and its relation, their readings, and the group that is an end.

    ``is_turned`` says that the curator's subject is the object of the claim, and the other way round.
    """

    claim: Claim
    words: tuple[Words, ...]
    readings: tuple[NamedNode, ...]
    group: NamedNode | None
    is_turned: bool


def read_claim(paper: Paper, entry: Entry, quote: Place) -> Claimed | None:
    """Return the claim of an entry; None if an end or the relation is missing or unknown.

    An inverse relation is replaced by its counterpart; the ends of a symmetric relation are in the order of their IRIs.
    """
    subject = _end(paper, entry, "subject", quote)
    relation = paper.relation(entry)
    object_ = _end(paper, entry, "object", quote)
    if not (subject and relation and object_):
        return None
    _check_expectations(paper, entry, subject, relation, object_)
    words = [*subject.words, *object_.words]
    if place := paper.named((relation.label, *relation.synonyms), quote):
        words.append((model.RELATION_WORDS, place))
    steering = paper.vocabulary.steering
    first, predicate, second = subject.iri, relation.iri, object_.iri
    is_turned = predicate in steering.canonical
    predicate = steering.canonical.get(predicate, predicate)
    if is_turned or (predicate in steering.symmetric and first.value > second.value):
        is_turned = True
        first, second = second, first
        words = [(TURNED.get(property_, property_), place) for property_, place in words]
    return Claimed(
        claim=iris.claim(first, predicate, second),
        words=tuple(words),
        readings=tuple(dict.fromkeys((*subject.readings, *object_.readings))),
        group=subject.group or object_.group,
        is_turned=is_turned,
    )


# The properties of one end, each with that of the other end, for claims whose ends change places.
_PAIRS = (
    (model.SUBJECT_WORDS, model.OBJECT_WORDS),
    (model.SUBJECT_FROM, model.OBJECT_FROM),
    (model.SUBJECT_EXAMPLE_OF, model.OBJECT_EXAMPLE_OF),
)
TURNED = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


def _end(paper: Paper, entry: Entry, role: str, quote: Place) -> _End | None:
    """Look up an end, and find the words that name it: in the quote, in its sentence, or at the curator's place."""
    name = entry.text(role)
    if name is None:
        paper.report(entry.where, f"“{role}” is missing", f'write {role} = "…", a name of the ontology')
        return None
    where = entry.at(role)
    term: Term | None = None
    group: NamedNode | None = None
    names: tuple[str, ...]
    if name.startswith("@"):
        found = paper.groups.get(name[1:])
        regimen = paper.regimen(name[1:])
        if found is None or regimen is None or found.called is None:
            what = f"there is no group “{name[1:]}”" if found is None else f"the group “{name[1:]}” has no regimen"
            paper.report(where, what, f"write [group.{name[1:]}] with called and regimen")
            return None
        iri, group = regimen, found.iri
        names = (found.called,)
    else:
        term = paper.term(entry, role)
        if term is None:
            return None
        if not _can_be_an_end(term, paper):
            kinds = " and ".join(sorted(map(paper.vocabulary.label, term.types - {standard.OWL_INDIVIDUAL})))
            what = f"“{name}” is of the kind {kinds}, and no claim is made of one"
            paper.report(where, what, "write it in the field for it (measure, condition …), or take another name")
            return None
        iri, names = term.iri, ()
    is_subject = role == "subject"
    words_of, from_of = (
        (model.SUBJECT_WORDS, model.SUBJECT_FROM) if is_subject else (model.OBJECT_WORDS, model.OBJECT_FROM)
    )
    words: list[Words] = []
    has_words, is_elsewhere = f"{role}_as" in entry, f"{role}_from" in entry
    places: list[Place] | tuple[Place, ...]
    if has_words:
        places = paper.words(entry, f"{role}_as", quote)
    else:
        places = paper.named_term(paper.vocabulary.terms[iri], quote, *names, beyond=not is_elsewhere)
    words += [(words_of, place) for place in places]
    words += [(from_of, place) for place in paper.anywhere(entry, f"{role}_from")]
    if not words and not has_words and not is_elsewhere:
        what = f"no words of the sentence name “{name}”"
        remedy = f'write {role}_as = "…" (the words that stand for it), {role}_from = "…" (words elsewhere), or both'
        label = paper.vocabulary.label(iri)
        synonym = f'or add the words of the paper as a synonym: her2ld term change "{label}" --synonym "…"'
        paper.report(where, what, f"{remedy}; {synonym}")
    is_referred = has_words or (not places and is_elsewhere)
    return _End(iri, term, group, tuple(words), (model.REFERRED_TO,) if is_referred else ())


def _can_be_an_end(term: Term, paper: Paper) -> bool:
    """Tell whether a term is a thing of biology, or a class."""
    return standard.OWL_CLASS in term.types or paper.vocabulary.is_one_of(term, frozenset({BIOMEDICAL_ENTITY}))


def _check_expectations(paper: Paper, entry: Entry, subject: _End, relation: Term, object_: _End) -> None:
    """Note an end of an unusual kind for the relation: a hint, not a rule."""
    steering = paper.vocabulary.steering
    for role, end, classes in (
        ("subject", subject, steering.expects_subject.get(relation.iri)),
        ("object", object_, steering.expects_object.get(relation.iri)),
    ):
        if end.term and classes and not paper.vocabulary.is_one_of(end.term, classes):
            *most, last = sorted(paper.vocabulary.label(each) for each in classes)
            kinds = f"{', '.join(most)} or {last}" if most else last
            what = f"the {role} of “{relation.label}” is usually of the kind {kinds}; “{end.term.label}” is not"
            what += f": write another {role} or relation, or leave it if the sentence says so"
            paper.note(entry.at(role), what)
    if relation.iri == standard.TYPE and object_.term and standard.OWL_CLASS not in object_.term.types:
        what = f"“{relation.label}” needs a class, and “{object_.term.label}” is none"
        paper.report(entry.at("object"), what, "choose a class, or another relation")


def check_requirements(paper: Paper, entry: Entry, claim: Claim) -> None:
    """Report the fields that the relation requires and the entry lacks."""
    required = paper.vocabulary.requires.get(claim.relation, ()) if claim.relation else ()
    for field in FIELDS:
        if field.property in required and field.name not in entry:
            relation = paper.vocabulary.label(claim.relation) if claim.relation else ""
            what = f"“{field.name}” is missing, which “{relation}” needs"
            paper.report(entry.where, what, f"write {field.name} = …")
