"""From a curator's entry to a statement: its claim, its axes, its setting and its numbers put together.

The ends and the relation of a claim are looked up in the ontology and found in the words of the paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.curation.axes import read_axes, read_cues, read_link
from her2ld.curation.digits import Digits, Ledger
from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper, Words, find_quote, sentence_of
from her2ld.curation.results import read_doses, read_results
from her2ld.curation.setting import read_setting, read_study
from her2ld.pubmed import Place
from her2ld.statements import Claim, Silence, Span, Statement
from her2ld.statements.statement import FIELDS, WORDS, Value
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

    An inverse relation is replaced by its counterpart, and the ends of a symmetric relation are sorted by their IRIs.
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
            what = f"“{name}” is of the kind {kinds}, which cannot be an end of a claim"
            paper.report(where, what, "write it in its own field (measure, condition …), or use another name")
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
        what = f"“{relation.label}” needs a class, and “{object_.term.label}” is not a class"
        paper.report(entry.at("object"), what, "choose a class, or another relation")


def check_requirements(paper: Paper, entry: Entry, claim: Claim) -> None:
    """Report the fields that the relation requires and the entry lacks."""
    required = paper.vocabulary.requires.get(claim.relation, ()) if claim.relation else ()
    for field in FIELDS:
        if field.property in required and field.name not in entry:
            relation = paper.vocabulary.label(claim.relation) if claim.relation else ""
            what = f"“{field.name}” is missing, and “{relation}” needs it"
            paper.report(entry.where, what, f"write {field.name} = …")


@dataclass(frozen=True, slots=True)
class Understood:
    """A statement and the place of its entry."""

    where: str
    statement: Statement


def understand(paper: Paper, entry: Entry, ledger: Ledger, *, is_gap: bool) -> Understood | None:
    """Return the statement or the knowledge gap of an entry; None if anything in it is wrong.

    ``ledger`` holds the digits that entries have taken, and grows.
    """
    before = len(paper.problems)
    quote = paper.quote(entry)
    if quote is None:
        return None
    paper.quoted.append((entry, quote))
    quotes = (quote, *paper.anywhere(entry, "also"))
    about: tuple[NamedNode, ...] = ()
    unknown = claimed = None
    if is_gap and ("about" in entry or "unknown" in entry):
        about, unknown = _about(paper, entry, quote)
    else:
        claimed = read_claim(paper, entry, quote)
    cues = read_cues(paper, entry, quotes, is_gap=is_gap)
    link = model.LEAVES_OPEN if is_gap else read_link(paper, entry, cues)
    axes = read_axes(paper, entry, cues, basis_there=paper.basis_of(quote))
    digits = Digits(paper, entry, ledger, quotes)
    of_object = [place for property_, place in (claimed.words if claimed else ()) if property_ == model.OBJECT_WORDS]
    values, value_words = read_setting(paper, entry, quote, digits, of_object)
    values += read_study(paper, entry, axes, values)
    results = read_results(paper, entry, digits)
    doses = read_doses(paper, entry, digits)
    if claimed and not is_gap:
        check_requirements(paper, entry, claimed.claim)
    if len(paper.problems) > before or (claimed is None and not about):
        return None
    statement = Statement(
        iri=NamedNode("urn:statement"),
        label="",
        link=link if claimed else None,
        claim=claimed.claim if claimed else None,
        evidence=tuple(map(paper.span, quotes)),
        values=_in_order((*(each for each in axes if not is_gap or each[0] != model.CERTAINTY), *values), claimed),
        words=_words(paper, (*(claimed.words if claimed else ()), *cues.words, *value_words)),
        results=results,
        doses=doses,
        about=about,
        unknown=paper.span(unknown) if unknown else None,
        paper=iris.article(paper.record),
    )
    return Understood(entry.where, _named(paper, statement))


def _in_order(
    values: Iterable[tuple[NamedNode, Value]], claimed: Claimed | None
) -> tuple[tuple[NamedNode, Value], ...]:
    """Return the values in the order of the fields, with the readings of the ends first."""
    readings = [(model.READING, each) for each in (claimed.readings if claimed else ())]
    found = [(TURNED.get(each[0], each[0]), each[1]) for each in values] if claimed and claimed.is_turned else [*values]
    if not any(property_ == model.READING for property_, _ in (*readings, *found)):
        readings = [(model.READING, model.LITERAL_READING)]
    if claimed and claimed.group and not any(property_ == model.GROUP for property_, _ in found):
        found.append((model.GROUP, claimed.group))
    return tuple(sorted(dict.fromkeys((*readings, *found)), key=lambda value: _ORDER[value[0]]))


def _words(paper: Paper, words: Iterable[Words]) -> tuple[tuple[NamedNode, Span], ...]:
    in_order = sorted(dict.fromkeys(words), key=lambda each: _ORDER_OF_WORDS[each[0]])
    return tuple((property_, paper.span(place)) for property_, place in in_order)


_ORDER = {field.property: place for place, field in enumerate(FIELDS)}
_ORDER_OF_WORDS = {property_: place for place, property_ in enumerate(WORDS)}


def silence(paper: Paper, entry: Entry) -> Silence | None:
    """Return the words that claim nothing; None if they are not in the record or no reason is given."""
    place = _silent(paper, entry) if "begins" in entry else paper.quote(entry)
    reason = entry.text("reason")
    if reason is None:
        paper.report(entry.where, "“reason” is missing", "write why the words yield no statement")
    return Silence(paper.span(place), reason) if place and reason else None


def _silent(paper: Paper, entry: Entry) -> Place | None:
    """Return the run of characters from the first words to the last words, or to the end of the sentence."""
    if "quote" in entry:
        paper.report(entry.at("quote"), "the words are given twice", "write quote, or begins (and ends)")
        return None
    begins = paper.found(find_quote(entry.text("begins") or "", paper.record, entry.where, "begins"))
    if begins is None:
        return None
    last = entry.text("ends")
    ends = next(iter(paper.words(entry, "ends", begins)), None) if last else sentence_of(begins, paper.record)
    if ends is None:
        return None
    if ends.end < begins.end:
        paper.report(entry.at("ends"), f"{last!r} precedes the words of begins", "write later words")
        return None
    return paper.record.span(begins.part, begins.start, ends.end)


def _named(paper: Paper, statement: Statement) -> Statement:
    """Return the statement with its IRI, its label, its evidence types, and the IRIs of its results and doses."""
    iri = iris.statement(statement)
    label = paper.vocabulary.label
    claim = statement.claim
    if claim:
        parts = [label(each) for each in (claim.subject, claim.relation, claim.object) if each]
        suffix = {model.DENIES: " (denied)", model.FINDS_NO: " (not found)", model.LEAVES_OPEN: " (left open)"}
        text = " ".join(parts) + suffix.get(statement.link or model.AFFIRMS, "")
    else:
        cue = next(iter(statement.spans(model.GAP_CUE)), None)
        text = " ".join(span.exact for span in (statement.unknown, cue) if span)
    return replace(
        statement,
        iri=iri,
        label=text,
        results=tuple(replace(each, iri=iris.part(iri, each.iri)) for each in statement.results),
        doses=tuple(replace(each, iri=iris.part(iri, each.iri)) for each in statement.doses),
        evidence_types=_evidence_types(paper, statement),
    )


def _evidence_types(paper: Paper, statement: Statement) -> tuple[NamedNode, ...]:
    """Return the kinds of evidence: by the designs of the study, else by the experimental system, else by the basis."""
    group_iri = statement.one(model.GROUP)
    group = next((each for each in paper.groups.values() if each.iri == group_iri), None)
    study_iri = statement.one(model.STUDY) or (group.of_study if group else None)
    study = next((each for each in paper.studies.values() if each.iri == study_iri), None)
    if study and study.designs:
        return study.designs
    vocabulary = paper.vocabulary
    found: dict[NamedNode, None] = {}
    if statement.one(model.BASIS) == model.OBSERVED:
        for system in statement.all(model.SYSTEM):
            term = vocabulary.terms.get(system) if isinstance(system, NamedNode) else None
            kinds = {each for kind in (term.types if term else ()) for each in vocabulary.ancestors.get(kind, {kind})}
            found |= {vocabulary.evidence_types[kind]: None for kind in kinds if kind in vocabulary.evidence_types}
    by_basis = vocabulary.evidence_types.get(statement.one(model.BASIS) or model.STATED)
    return tuple(sorted(found, key=str)) or ((by_basis,) if by_basis else ())


def _about(paper: Paper, entry: Entry, quote: Place) -> tuple[tuple[NamedNode, ...], Place | None]:
    """Return the topics of a gap that leaves no claim open, and the words for the unknown thing."""
    for name, what in (("about", "names what the gap is about"), ("unknown", "copies the words for what is not known")):
        if name not in entry:
            paper.report(entry.where, f"“{name}” is missing", f"write {name} = …, which {what}")
    for name in ("subject", "relation", "object"):
        if name in entry:
            remedy = "write subject, relation and object for a claim that is left open, else about and unknown"
            paper.report(entry.at(name), "a gap that is about something leaves no claim open", remedy)
    terms = paper.terms(entry, "about")
    return tuple(term.iri for term in terms.values()), next(iter(paper.words(entry, "unknown", quote)), None)
