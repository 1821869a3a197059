"""From what a curator wrote to what the program holds: names looked up, quotes found, and all of it checked.

What a qualifier can be is what the ontology says in its ranges. What a relation usually holds between is a hint there,
which the shapes warn about; nothing is refused for it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from her2ld.curation.quotes import find_quote, find_words
from her2ld.curation.statements import KnowledgeGap, Silence, Statement
from her2ld.curation.written import WrittenGap, WrittenInterval, WrittenSilence, WrittenStatement
from her2ld.errors import Problem
from her2ld.pubmed import Record, Span
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Modality, Term, Vocabulary

_LAST_YEAR = 9999

Qualifier = tuple[NamedNode, NamedNode | Literal]


class Understanding:
    """Turns the entries of one record into statements; what cannot be understood is added to ``problems``."""

    def __init__(self, record: Record, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        """Keep what every entry is looked up in."""
        self.record = record
        self.vocabulary = vocabulary
        self.problems = problems

    def statement(self, written: WrittenStatement) -> Statement | None:
        """Give the statement; None where anything in it is wrong."""
        before, where = len(self.problems), written.where
        subject = self._entity(written.subject, where, "subject")
        relation = self._term(written.relation, "relation", lambda term: term.is_relation, f"{where}, relation")
        object_ = self._entity(written.object, where, "object")
        polarity = (
            self._value(written.polarity, model.POLARITY, where, "polarity")
            if "polarity" in written.written
            else self.vocabulary.terms[model.AFFIRMED]
        )
        modality = self._modality(written.modality, where)
        evidence = self._quote(written.quote, where)
        cue = self._cue(written.cue, modality, evidence, written)
        qualifiers = tuple(self._qualifiers(written))
        if relation:
            self._check_relation(relation, object_, written)
        if len(self.problems) > before or not (subject and relation and object_ and polarity and modality and evidence):
            return None
        return Statement(subject, relation, object_, modality, polarity, evidence, cue, qualifiers, where)

    def gap(self, written: WrittenGap) -> KnowledgeGap | None:
        """Give the knowledge gap; None where anything in it is wrong."""
        about = [self._entity(name, written.where, "about") for name in written.about or ()]
        evidence = self._quote(written.quote, written.where)
        modality = next(each for each in self.vocabulary.modalities.values() if each.iri == model.UNKNOWN)
        cue = self._words(written.cue, evidence, written.where, "cue")
        unknown = self._words(written.unknown, evidence, written.where, "unknown")
        if not (all(about) and evidence and cue and unknown):
            return None
        return KnowledgeGap(tuple(term for term in about if term), unknown, modality, evidence, cue, written.where)

    def silence(self, written: WrittenSilence) -> Silence | None:
        """Give the words that yield nothing; None where they are not in the record."""
        evidence = self._quote(written.quote, written.where)
        return Silence(evidence, written.reason) if evidence and written.reason else None

    def _report(self, where: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(where, what, remedy))

    def _term(self, name: str | None, kind: str, fits: Callable[[Term], bool], where: str) -> Term | None:
        term = self.vocabulary.find(name) if name else None
        if name is None or (term and fits(term)):
            return term
        fitting = [each for each in self.vocabulary.terms.values() if fits(each)]
        self._unknown_name(name, kind, where, [known for each in fitting for known in (each.label, *each.synonyms)])
        return None

    def _unknown_name(self, name: str, kind: str, where: str, known: Iterable[str]) -> None:
        nearest = self.vocabulary.nearest(name, known)
        remedy = f"did you mean “{nearest}”?" if nearest else f"write one that her2.ttl has, or add the {kind} there"
        self._report(where, f"the ontology has no {kind} “{name}”", remedy)

    def _entity(self, name: str | None, where: str, field: str) -> Term | None:
        return self._term(name, "entity or class", lambda term: term.is_entity_or_class, f"{where}, {field}")

    def _value(self, name: str | None, property_: NamedNode, where: str, field: str) -> Term | None:
        """Look up what a property of the statement model can have as its value."""
        classes = self.vocabulary.expects_object.get(property_) or self.vocabulary.ranges[property_]
        kind = " or ".join(self.vocabulary.label(each) for each in classes)
        return self._term(name, kind, lambda term: self.vocabulary.is_one_of(term, classes), f"{where}, {field}")

    def _modality(self, name: str | None, where: str) -> Modality | None:
        modality = self.vocabulary.modalities.get(name) if name else None
        if name and modality is None:
            self._unknown_name(name, "modality", f"{where}, modality", self.vocabulary.modalities)
        if modality and modality.iri == model.UNKNOWN:
            remedy = "write it as a [[knowledge_gap]]"
            self._report(f"{where}, modality", "what is not known is no statement", remedy)
        return modality

    def _quote(self, quote: str | None, where: str) -> Span | None:
        return self._found(find_quote(quote, self.record, where)) if quote else None

    def _words(self, words: str | None, evidence: Span | None, where: str, field: str) -> Span | None:
        if words is None or evidence is None:
            return None
        return self._found(find_words(words, evidence, self.record, f"{where}, {field}"))

    def _found(self, found: Span | Problem) -> Span | None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def _cue(
        self, cue: str | None, modality: Modality | None, evidence: Span | None, written: WrittenStatement
    ) -> Span | None:
        if modality and modality.needs_cue and "cue" not in written.written:
            what = f"“cue” is missing: a {modality.label} statement shows its words"
            self._report(written.where, what, 'write cue = "…"')
        if modality and not modality.needs_cue and cue is not None:
            remedy = "choose the modality that these words give, or leave the cue out"
            self._report(f"{written.where}, cue", f"{modality.label} is what has no cue, but there is {cue!r}", remedy)
        return self._words(cue, evidence, written.where, "cue")

    def _qualifiers(self, written: WrittenStatement) -> Iterator[Qualifier]:
        where = written.where
        for name, field, property_ in (
            (written.condition, "condition", model.CONDITION),
            (written.population, "population", model.POPULATION),
            (written.jurisdiction, "jurisdiction", model.JURISDICTION),
        ):
            if term := self._value(name, property_, where, field):
                yield property_, term.iri
        for name, field, property_ in (
            (written.subject_exemplar_of, "subject_exemplar_of", model.SUBJECT_EXEMPLAR_OF),
            (written.object_exemplar_of, "object_exemplar_of", model.OBJECT_EXEMPLAR_OF),
        ):
            if term := self._entity(name, where, field):
                yield property_, term.iri
        if written.as_of is not None:
            if not 0 < written.as_of <= _LAST_YEAR:
                self._report(f"{where}, as_of", f"{written.as_of} is no year", "write the year in four digits")
            yield model.AS_OF, Literal(f"{written.as_of:04}", datatype=standard.XSD_YEAR)
        if written.ordinal is not None:
            if written.ordinal < 1:
                self._report(f"{where}, ordinal", f"{written.ordinal} is no place", "count from 1")
            yield model.ORDINAL, Literal(written.ordinal)
        if written.interval is not None:
            yield from self._interval(written.interval)

    def _interval(self, written: WrittenInterval) -> Iterator[Qualifier]:
        lower, upper = written.lower, written.upper
        if lower is not None and upper is not None:
            if not (lower.is_finite() and upper.is_finite() and 0 <= lower <= upper <= 1):
                remedy = "write fractions from 0 to 1, the lower one first"
                self._report(written.where, f"{lower} to {upper} is not an interval", remedy)
            yield model.LOWER_BOUND, _decimal(lower)
            yield model.UPPER_BOUND, _decimal(upper)
        if denominator := self._value(written.of, model.DENOMINATOR, written.where, "of"):
            yield model.DENOMINATOR, denominator.iri

    def _check_relation(self, relation: Term, object_: Term | None, written: WrittenStatement) -> None:
        """Hold a statement against what the ontology says of its relation."""
        if relation.iri in self.vocabulary.inferred_only:
            remedy = "state the mechanism: what follows from it is inferred"
            self._report(f"{written.where}, relation", f"“{relation.label}” is never stated", remedy)
        if relation.iri == standard.TYPE and object_ and standard.OWL_CLASS not in object_.types:
            what = f"“{object_.label}” is no class, which is what something “{relation.label}”"
            self._report(f"{written.where}, object", what, "choose a class, or another relation")
        for required in self.vocabulary.requires.get(relation.iri, ()):
            field = _field_name(required)
            if field not in written.written:
                what = f"“{field}” is missing: what {relation.label} something needs it"
                self._report(written.where, what, f"write {field} = …")


def _field_name(property_: NamedNode) -> str:
    """Give the field of ``statements.toml`` for a property of the statement model: ``as_of`` for ``asOf``."""
    local = property_.value.removeprefix(model.HER2LD)
    return re.sub(r"[A-Z]", lambda capital: "_" + capital[0].lower(), local)


def _decimal(value: Decimal) -> Literal:
    """Write a decimal in its canonical form (XML Schema 1.1 part 2, E.1), which triple stores keep as it is."""
    digits = f"{value:f}"
    return Literal(digits.rstrip("0").rstrip(".") if "." in digits else digits, datatype=standard.XSD_DECIMAL)
