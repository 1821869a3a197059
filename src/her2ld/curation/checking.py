"""From what a curator wrote to a statement: names looked up, words found in the text, and all of it checked.

The ontology says which words are cues, what a relation expects at its ends, and which qualifiers it requires.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from her2ld import iris
from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper
from her2ld.curation.results import group_or_term, read_doses, read_results
from her2ld.errors import Problem
from her2ld.pubmed import Span as Place
from her2ld.statements import Claim, Silence, Statement
from her2ld.statements.fields import FIELDS, WORDS, Field, Kind, Part
from her2ld.statements.model import Value
from her2ld.texts.numbers import find_number
from her2ld.texts.values import read_interval, read_value
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Term

_LAST_YEAR = 9999
_POLARITIES = {"affirmed": model.AFFIRMS, "denied": model.DENIES, "not found": model.FINDS_NO}
_WORDS_ARE_OPTIONAL = frozenset({model.DIRECTION, model.JURISDICTION, model.TIME})

Words = tuple[NamedNode, Place]


@dataclass(frozen=True, slots=True)
class Understood:
    """A statement with what guards look at: its entry, the place of its quote, the places of its cues."""

    entry: Entry
    statement: Statement
    quote: Place
    cues: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a claim: its term or its group's regimen, the words that name it, and how they are read."""

    iri: NamedNode
    term: Term | None
    group: NamedNode | None
    words: tuple[Words, ...]
    readings: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class _Cues:
    """What the cues of an entry say: values by axis, and the places that say so."""

    certainty: NamedNode | None
    basis: NamedNode | None
    attribution: NamedNode | None
    denies: bool
    words: tuple[Words, ...]
    places: tuple[Place, ...]


def understand(paper: Paper, entry: Entry, *, is_gap: bool) -> Understood | None:
    """Return the statement or the knowledge gap of an entry; None where anything in it is wrong."""
    before = len(paper.problems)
    quote = paper.quote(entry)
    if quote is None:
        return None
    also = [paper.anywhere(words, f"{entry.where}, also") for words in entry.texts("also")]
    quotes = (quote, *(place for place in also if place))
    about: tuple[Term, ...] = ()
    unknown = None
    claim: Claim | None = None
    words: list[Words] = []
    readings: list[NamedNode] = []
    group = None
    if is_gap and "about" in entry:
        about = tuple(filter(None, (paper.term(name, f"{entry.where}, about") for name in entry.texts("about"))))
        unknown = _unknown(paper, entry, quote)
    else:
        ends = _claim(paper, entry, quote)
        if ends:
            claim, words, readings, group = ends
    cues = _cues(paper, entry, quote, is_gap=is_gap)
    link = model.LEAVES_OPEN if is_gap else _link(paper, entry, cues)
    values, value_words = _values(paper, entry, quote, group)
    axes = _axes(paper, entry, quote, cues, readings, is_gap=is_gap)
    results = read_results(paper, entry, quotes)
    doses = read_doses(paper, entry, quotes)
    if claim and not is_gap:
        _check_requirements(paper, entry, claim)
    if len(paper.problems) > before or (claim is None and not about):
        return None
    all_words = sorted((*words, *cues.words, *value_words), key=lambda each: WORDS.index(each[0]))
    statement = Statement(
        iri=NamedNode("urn:statement"),
        label="",
        link=link,
        claim=claim,
        evidence=tuple(map(paper.span, quotes)),
        values=tuple(sorted((*axes, *values, *_study(paper, entry, axes, values)), key=_place_of_field)),
        words=tuple((property_, paper.span(place)) for property_, place in dict.fromkeys(all_words)),
        results=results,
        doses=doses,
        about=tuple(term.iri for term in about),
        unknown=paper.span(unknown) if unknown else None,
        paper=iris.article(paper.record),
    )
    return Understood(entry, _named(paper, statement), quote, cues.places)


def _place_of_field(value: tuple[NamedNode, Value]) -> int:
    return _ORDER.index(value[0])


_ORDER = [field.property for field in FIELDS]


def silence(paper: Paper, entry: Entry) -> Silence | None:
    """Return the words that yield nothing; None where they are not in the record or no reason is given."""
    place = paper.quote(entry)
    reason = entry.text("reason")
    if reason is None:
        paper.report(entry.where, "“reason” is missing", "say why the words yield no statement")
    return Silence(paper.span(place), reason) if place and reason else None


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
    """Return the kinds of evidence: the designs of the study, else by the experimental system, else by the basis."""
    group = next((each for each in paper.groups.values() if each.iri == statement.one(model.GROUP)), None)
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


# --- The claim ----------------------------------------------------------------------------------------------------


def _claim(
    paper: Paper, entry: Entry, quote: Place
) -> tuple[Claim, list[Words], list[NamedNode], NamedNode | None] | None:
    subject = _end(paper, entry, "subject", quote)
    relation = _relation(paper, entry)
    object_ = _end(paper, entry, "object", quote)
    if not (subject and relation and object_):
        return None
    _check_expectations(paper, entry, subject, relation, object_)
    words = [*subject.words, *object_.words]
    if place := paper.named((relation.label, *relation.synonyms), quote):
        words.append((model.RELATION_WORDS, place))
    steering = paper.vocabulary.steering
    first, predicate, second = subject.iri, relation.iri, object_.iri
    turned = predicate in steering.canonical
    if turned:
        predicate = steering.canonical[predicate]
    if turned or (predicate in steering.symmetric and first.value > second.value):
        first, second = second, first
        words = [(_TURNED.get(property_, property_), place) for property_, place in words]
    readings = dict.fromkeys((*subject.readings, *object_.readings))
    return iris.claim(first, predicate, second), words, list(readings), subject.group or object_.group


_TURNED = {
    model.SUBJECT_WORDS: model.OBJECT_WORDS,
    model.OBJECT_WORDS: model.SUBJECT_WORDS,
    model.SUBJECT_FROM: model.OBJECT_FROM,
    model.OBJECT_FROM: model.SUBJECT_FROM,
}


def _end(paper: Paper, entry: Entry, role: str, quote: Place) -> _End | None:
    """Look up an end, and find the words that name it: in the quote, in its sentence, or where the curator says."""
    name = entry.text(role)
    if name is None:
        paper.report(entry.where, f"“{role}” is missing", f'write {role} = "…", a name of the ontology')
        return None
    where = f"{entry.where}, {role}"
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
        term = paper.term(name, where)
        if term is None:
            return None
        iri, names = term.iri, ()
    is_subject = role == "subject"
    words_of, from_of = (
        (model.SUBJECT_WORDS, model.SUBJECT_FROM) if is_subject else (model.OBJECT_WORDS, model.OBJECT_FROM)
    )
    words: list[Words] = []
    stands_for = entry.text(f"{role}_as")
    elsewhere = entry.text(f"{role}_from")
    places: tuple[Place, ...]
    if stands_for:
        place = paper.words(stands_for, quote, f"{where}_as")
        places = (place,) if place else ()
    else:
        places = paper.named_term(paper.vocabulary.terms[iri], quote, *names, beyond=elsewhere is None)
    words += [(words_of, place) for place in places]
    from_place = paper.anywhere(elsewhere, f"{where}_from") if elsewhere else None
    if from_place:
        words.append((from_of, from_place))
    if not words and not stands_for and not elsewhere:
        what = f"no words of the sentence name “{name}”"
        remedy = f'write {role}_as = "…" (the words that stand for it), {role}_from = "…" (words elsewhere), or both'
        paper.report(where, what, f"{remedy}; or add the words of the paper as a synonym")
    is_referred = stands_for is not None or (not places and elsewhere is not None)
    return _End(iri, term, group, tuple(words), (model.REFERRED_TO,) if is_referred else ())


def _relation(paper: Paper, entry: Entry) -> Term | None:
    name = entry.text("relation")
    where = f"{entry.where}, relation"
    if name is None:
        paper.report(entry.where, "“relation” is missing", 'write relation = "…", a relation of the ontology')
        return None
    term = paper.vocabulary.find(name)
    if term is None or not term.is_relation:
        paper.unknown_name(name, "relation", where)
        return None
    if term.iri in paper.vocabulary.inferred_only:
        paper.report(where, f"“{term.label}” is never stated", "state the mechanism: what follows from it is inferred")
    return term


def _check_expectations(paper: Paper, entry: Entry, subject: _End, relation: Term, object_: _End) -> None:
    """Note an end of a kind that the relation rarely joins: a hint and no law."""
    steering = paper.vocabulary.steering
    for role, end, classes in (
        ("subject", subject, steering.expects_subject.get(relation.iri)),
        ("object", object_, steering.expects_object.get(relation.iri)),
    ):
        if end.term and classes and not paper.vocabulary.is_one_of(end.term, classes):
            kinds = " or a ".join(sorted(paper.vocabulary.label(each) for each in classes))
            paper.notes.append(
                f"{entry.where}, {role}: “{end.term.label}” is no {kinds}, which is what the {role} of"
                f" “{relation.label}” usually is"
            )
    if relation.iri == standard.TYPE and object_.term and standard.OWL_CLASS not in object_.term.types:
        what = f"“{object_.term.label}” is no class, which is what something “{relation.label}”"
        paper.report(f"{entry.where}, object", what, "choose a class, or another relation")


def _check_requirements(paper: Paper, entry: Entry, claim: Claim) -> None:
    required = paper.vocabulary.requires.get(claim.relation, ()) if claim.relation else ()
    for field in FIELDS:
        if field.property in required and field.name not in entry:
            relation = paper.vocabulary.label(claim.relation) if claim.relation else ""
            what = f"“{field.name}” is missing: what {relation} something needs it"
            paper.report(entry.where, what, f"write {field.name} = …")


def _unknown(paper: Paper, entry: Entry, quote: Place) -> Place | None:
    words = entry.text("unknown")
    if words is None:
        paper.report(entry.where, "“unknown” is missing", "copy the words that name what is not known")
        return None
    return paper.words(words, quote, f"{entry.where}, unknown")


# --- The axes -----------------------------------------------------------------------------------------------------


def _cues(paper: Paper, entry: Entry, quote: Place, *, is_gap: bool) -> _Cues:
    """Find the cues in the sentence of the quote, and what each of them says by the lists of the ontology."""
    words: list[Words] = []
    places: list[Place] = []
    values: dict[NamedNode, NamedNode] = {}
    denies = False
    axes = (
        (model.GAP_CUE, paper.gap_cues),
        (model.POLARITY_CUE, paper.polarity_cues),
        (model.CERTAINTY_CUE, paper.certainty_cues),
        (model.BASIS_CUE, paper.basis_cues),
        (model.ATTRIBUTION_CUE, paper.attribution_cues),
    )
    ranks = paper.vocabulary.steering.ranks
    for cue in entry.texts("cue"):
        where = f"{entry.where}, cue"
        place = paper.words(cue, quote, where)
        if place is None:
            continue
        found = [(property_, each) for property_, finder in axes for each in finder.find(place.exact)]
        if any(property_ == model.GAP_CUE for property_, _ in found):
            found = [(property_, each) for property_, each in found if property_ != model.POLARITY_CUE]
        if not found:
            known = ", ".join(sorted(paper.vocabulary.steering.cue_words.get(model.KNOWLEDGE_GAP, ()))[:3])
            remedy = f"name the words that weaken, deny or leave open ({known} …), or leave the cue out"
            paper.report(where, f"{cue!r} is no cue", remedy)
            continue
        places.append(place)
        paper.cue_places.append(place)
        for property_, each in found:
            value = NamedNode(each.value)
            words.append((property_, place))
            denies = denies or property_ == model.POLARITY_CUE
            if property_ == model.CERTAINTY_CUE and property_ in values:
                value = min(value, values[property_], key=lambda one: ranks.get(one, 0))
            values[property_] = value
    if is_gap and not any(property_ == model.GAP_CUE for property_, _ in words):
        paper.report(entry.where, "“cue” is missing: a gap shows the words that say so", 'write cue = ["…"]')
    return _Cues(
        certainty=values.get(model.CERTAINTY_CUE),
        basis=values.get(model.BASIS_CUE),
        attribution=values.get(model.ATTRIBUTION_CUE),
        denies=denies,
        words=tuple(words),
        places=tuple(places),
    )


def _link(paper: Paper, entry: Entry, cues: _Cues) -> NamedNode | None:
    said = entry.text("polarity") or "affirmed"
    link = _POLARITIES.get(said)
    if link is None:
        former = " (write “denied”)" if said == "negated" else ""
        remedy = f"write one of {', '.join(_POLARITIES)}{former}"
        paper.report(f"{entry.where}, polarity", f"there is no polarity “{said}”", remedy)
    elif link != model.AFFIRMS and not cues.denies:
        what = f"“cue” is missing: what is {said} shows the words that say so"
        paper.report(entry.where, what, 'write cue = ["…"]')
    elif link == model.AFFIRMS and cues.denies:
        what = "a cue denies, and the statement affirms"
        paper.report(entry.where, what, 'write polarity = "denied" or "not found", or move the words to not_cue')
    return link


def _axes(
    paper: Paper, entry: Entry, quote: Place, cues: _Cues, readings: list[NamedNode], *, is_gap: bool
) -> tuple[tuple[NamedNode, Value], ...]:
    certainty = _chosen(paper, entry, "certainty", model.CERTAINTY_CLASS) or cues.certainty or model.CERTAIN
    if certainty != model.CERTAIN and cues.certainty is None:
        paper.report(f"{entry.where}, certainty", "no cue makes it less than certain", 'write cue = ["…"]')
    basis = _chosen(paper, entry, "basis", model.BASIS_CLASS) or cues.basis or paper.basis_of(quote)
    if basis is None:
        what = "“basis” is missing: the quote stands in no section of an abstract"
        paper.report(
            entry.where, what, 'write basis = "stated", "investigated", "observed" or "concluded", or [sections]'
        )
        basis = model.STATED
    default = model.NOBODY if basis == model.STATED else model.THIS_PAPER
    attribution = _chosen(paper, entry, "attribution", model.ATTRIBUTION_CLASS) or cues.attribution or default
    said = _chosen(paper, entry, "reading", model.READING_CLASS)
    found = [*readings, *((said,) if said else ()), *_listed(entry)]
    axes: list[tuple[NamedNode, Value]] = [] if is_gap else [(model.CERTAINTY, certainty)]
    axes += [(model.BASIS, basis), (model.ATTRIBUTION, attribution)]
    axes += [(model.READING, each) for each in dict.fromkeys(found or [model.LITERAL_READING])]
    return tuple(axes)


def _listed(entry: Entry) -> Iterator[NamedNode]:
    if "one_of_list" in entry:
        yield model.ONE_OF_LIST
    if "subject_example_of" in entry or "object_example_of" in entry:
        yield model.EXAMPLE_OF_CLASS


def _chosen(paper: Paper, entry: Entry, name: str, kind: NamedNode) -> NamedNode | None:
    text = entry.text(name)
    term = paper.term(text, f"{entry.where}, {name}", kind) if text else None
    return term.iri if term else None


# --- The setting, and what is told beside it ----------------------------------------------------------------------


def _values(
    paper: Paper, entry: Entry, quote: Place, group: NamedNode | None
) -> tuple[tuple[tuple[NamedNode, Value], ...], tuple[Words, ...]]:
    values: list[tuple[NamedNode, Value]] = []
    words: list[Words] = []
    grades = _grades(paper, entry, quote)
    for field in FIELDS:
        if field.part is Part.AXIS or field.property == model.STUDY:
            continue
        if field.property in (model.MIN_GRADE, model.MAX_GRADE):
            values += [each for each in grades if each[0] == field.property]
            continue
        if field.property == model.GROUP and group and "group" not in entry:
            values.append((model.GROUP, group))
            continue
        if field.name not in entry:
            continue
        found, places = _field(paper, entry, field, quote)
        values += [(field.property, value) for value in found]
        words += places
    return tuple(values), tuple(words)


def _field(paper: Paper, entry: Entry, field: Field, quote: Place) -> tuple[tuple[Value, ...], tuple[Words, ...]]:
    where = f"{entry.where}, {field.name}"
    if field.kind is Kind.TEXT:
        return (Literal(entry.text(field.name) or ""),), ()
    if field.kind is Kind.NUMBER:
        number = entry.whole(field.name) or 0
        if number < 1:
            paper.report(where, f"{number} is no place", "count from 1")
        return (Literal(number),), ()
    if field.kind is Kind.YEAR:
        return _year(paper, entry, quote, where), ()
    if field.property == model.YEAR_SOURCE:
        return (model.FROM_CITATION,), ()
    found: list[Value] = []
    words: list[Words] = []
    elsewhere = [paper.anywhere(each, f"{where}_from") for each in entry.texts(f"{field.name}_from")]
    words += [(field.words, place) for place in elsewhere if place and field.words]
    for name in entry.texts(field.name):
        term = None
        if field.kind is Kind.GROUP_OR_TERM:
            value = group_or_term(paper, name, where)
            group = paper.groups.get(name)
            names: tuple[str, ...] = (group.called or name,) if group else (name,)
            term = paper.vocabulary.terms.get(value) if value else None
        else:
            term = paper.term(name, where, field.of_class)
            value = term.iri if term else None
            names = ()
        if value is None:
            continue
        found.append(value)
        if term:
            places = paper.named_term(term, quote, *names)
        else:
            place = paper.named(names, quote)
            places = (place,) if place else ()
        if places and field.words:
            words += [(field.words, each) for each in places]
        elif not elsewhere and field.words and field.property not in _WORDS_ARE_OPTIONAL:
            what = f"no words of the sentence name “{name}”"
            remedy = f'write {field.name}_from = ["…"], words of the paper that name it'
            paper.report(where, what, remedy)
    return tuple(found), tuple(words)


def _year(paper: Paper, entry: Entry, quote: Place, where: str) -> tuple[Value, ...]:
    year = entry.whole("as_of") or 0
    if not 0 < year <= _LAST_YEAR:
        paper.report(where, f"{year} is no year", "write the year in four digits")
        return ()
    source = entry.text("as_of_from")
    if source not in (None, "citation"):
        paper.report(f"{where}_from", f"{source!r} is no source of a year", 'write as_of_from = "citation"')
    if source == "citation":
        if str(year) != paper.record.citation.year:
            what = f"the citation gives the year {paper.record.citation.year}, not {year}"
            paper.report(where, what, "write the year of the citation")
    elif find_number(Decimal(year), quote.exact) is None:
        what = f"the quote does not hold the year {year}"
        paper.report(where, what, 'write as_of_from = "citation" where only the citation gives it')
    return (Literal(f"{year:04}", datatype=standard.XSD_YEAR),)


def _grades(paper: Paper, entry: Entry, quote: Place) -> list[tuple[NamedNode, Value]]:
    text = entry.text("grade")
    if text is None:
        return []
    where = f"{entry.where}, grade"
    read = read_interval(text, where)
    lower = upper = None
    if isinstance(read, Problem):
        single = read_value(text, where)
        if isinstance(single, Problem) or single.value is None:
            paper.report(where, f"{text!r} is no grade", 'write grade = "3" or "3-4"')
            return []
        lower = single.value
        upper = None if single.operator in (">", "≥") else single.value
    else:
        lower, upper = read.lower, read.upper
    for each in (lower, upper):
        if each is not None and find_number(each, quote.exact) is None:
            paper.report(where, f"the quote does not hold the grade {each}", "quote the words that hold it")
    pairs = ((model.MIN_GRADE, lower), (model.MAX_GRADE, upper))
    return [(property_, Literal(int(each))) for property_, each in pairs if each is not None]


def _study(
    paper: Paper, entry: Entry, axes: Iterable[tuple[NamedNode, Value]], values: Iterable[tuple[NamedNode, Value]]
) -> Iterator[tuple[NamedNode, Value]]:
    """Yield the study of a statement: the one that is named, or the paper's only study for what it observed."""
    key = entry.text("study")
    if key is not None:
        if key not in paper.studies:
            paper.report(f"{entry.where}, study", f"there is no study “{key}”", f"write [study.{key}]")
        else:
            yield model.STUDY, paper.studies[key].iri
    elif len(paper.studies) == 1 and (model.BASIS, model.OBSERVED) in tuple(axes):
        if not any(property_ == model.GROUP for property_, _ in values):
            yield model.STUDY, next(iter(paper.studies.values())).iri
