"""A curation folder, read and understood: ``record.txt``, ``mesh.tsv`` and ``statements.toml``."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from her2ld.curation.headings import identify_mesh_terms
from her2ld.curation.quotes import find_quote, find_words
from her2ld.curation.understood import Curation, KnowledgeGap, Silence, Statement
from her2ld.curation.written import WrittenGap, WrittenHeader, WrittenSilence, WrittenStatement, read_written
from her2ld.errors import CurationError, Problem
from her2ld.pubmed import Record, Span, read_pubmed_text
from her2ld.vocabulary import Modality, Term, Vocabulary, model, standard

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def read_curation(folder: Path, vocabulary: Vocabulary) -> Curation:
    """Read one curation folder.

    Raises RecordError where ``record.txt`` cannot be read, and CurationError with every mistake in the folder: names
    that the ontology does not know, quotes that are not one run inside one sentence, cues outside it, missing fields.

    >>> from her2ld.assets import curation_folders
    >>> from her2ld.vocabulary import read_ontology
    >>> curation = read_curation(curation_folders()[0], read_ontology())
    >>> statement = curation.statements[3]
    >>> statement.subject.label, statement.relation.label, statement.object.label, statement.modality.label
    ('HER2 protein', 'is a', 'ligand orphan receptor', 'suggested')
    >>> span = statement.evidence
    >>> curation.record.abstract[span.start : span.end] == span.exact
    True
    """
    record = read_pubmed_text(folder / "record.txt")
    record, problems = identify_mesh_terms(record, folder / "mesh.tsv")
    written, form_problems = read_written(folder / "statements.toml")
    problems += form_problems
    understanding = _Understanding(record, vocabulary, problems)
    statements = [understanding.statement(entry) for entry in written.statements]
    gaps = [understanding.gap(entry) for entry in written.gaps]
    silences = [understanding.silence(entry) for entry in written.silences]
    problems += _header_problems(written.header)
    problems += _twins(written.statements, statements)
    if not problems and not written.statements and not written.gaps:
        problems.append(Problem(str(folder), "nothing was read in this paper", "write at least one [[statement]]"))
    if problems or written.header is None:
        raise CurationError(problems)
    return Curation(
        record=record,
        curator=written.header.curator,
        orcid=written.header.orcid,
        date=written.header.date,
        statements=tuple(statement for statement in statements if statement),
        gaps=tuple(gap for gap in gaps if gap),
        silences=tuple(silence for silence in silences if silence),
    )


def unread_words(curation: Curation) -> list[Span]:
    """Give the words of title and abstract that no quote covers, in order; empty where every clause was accounted for.

    >>> from her2ld.assets import curation_folders
    >>> from her2ld.vocabulary import read_ontology
    >>> unread_words(read_curation(curation_folders()[0], read_ontology()))
    []
    """
    entries: tuple[Statement | KnowledgeGap | Silence, ...] = (
        *curation.statements,
        *curation.gaps,
        *curation.silences,
    )
    quoted = [entry.evidence for entry in entries]
    read = {(span.part, offset) for span in quoted for offset in range(span.start, span.end)}
    return [
        curation.record.span(part, match.start(), match.end())
        for part, text in curation.record.texts.items()
        for match in re.finditer(r"\w+", text)
        if any((part, offset) not in read for offset in range(match.start(), match.end()))
    ]


class _Understanding:
    """Turns written entries into understood ones; what cannot be understood goes to ``problems``."""

    def __init__(self, record: Record, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.record = record
        self.vocabulary = vocabulary
        self.problems = problems

    def statement(self, written: WrittenStatement) -> Statement | None:
        before = len(self.problems)
        subject = self._entity(written.subject, written.where, "subject")
        where = written.where
        relation = self._term(written.relation, "relation", lambda term: term.is_relation, f"{where}, relation")
        object_ = self._entity(written.object, written.where, "object")
        polarity = self._term(
            written.polarity, "polarity", lambda term: model.POLARITY_CLASS in term.types, f"{where}, polarity"
        )
        modality = self._modality(written.modality, written.where)
        evidence = self._quote(written.quote, written.where)
        cue = self._cue(written.cue, modality, evidence, written.where)
        qualifiers = tuple(self._qualifiers(written))
        if relation:
            self._check_required(relation, qualifiers, written.where)
        if len(self.problems) > before or not (subject and relation and object_ and polarity and modality and evidence):
            return None
        return Statement(subject, relation, object_, modality, polarity, evidence, cue, qualifiers)

    def gap(self, written: WrittenGap) -> KnowledgeGap | None:
        about = [self._entity(name, written.where, "about") for name in written.about]
        evidence = self._quote(written.quote, written.where)
        modality = next(each for each in self.vocabulary.modalities.values() if each.iri == model.UNKNOWN)
        cue = self._cue(written.cue, modality, evidence, written.where)
        unknown = self._words(written.unknown, evidence, written.where, "unknown")
        if not (all(about) and evidence and cue and unknown):
            return None
        return KnowledgeGap(tuple(term for term in about if term), unknown, modality, evidence, cue)

    def silence(self, written: WrittenSilence) -> Silence | None:
        evidence = self._quote(written.quote, written.where)
        return Silence(evidence, written.reason) if evidence else None

    def _report(self, where: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(where, what, remedy))

    def _entity(self, name: str, where: str, field: str) -> Term | None:
        return self._term(name, "entity or class", lambda term: term.is_entity_or_class, f"{where}, {field}")

    def _term(self, name: str, kind: str, fits: Callable[[Term], bool], where: str) -> Term | None:
        term = self.vocabulary.find(name)
        if term and fits(term):
            return term
        fitting = [each for each in self.vocabulary.terms.values() if fits(each)]
        self._unknown_name(name, kind, where, [known for each in fitting for known in (each.label, *each.synonyms)])
        return None

    def _unknown_name(self, name: str, kind: str, where: str, known: Iterable[str]) -> None:
        nearest = self.vocabulary.nearest(name, known)
        remedy = f"did you mean “{nearest}”?" if nearest else f"write one that her2.ttl has, or add the {kind} there"
        self._report(where, f"the ontology has no {kind} “{name}”", remedy)

    def _modality(self, name: str, where: str) -> Modality | None:
        modality = self.vocabulary.modalities.get(name)
        if modality is None:
            self._unknown_name(name, "modality", f"{where}, modality", self.vocabulary.modalities)
        return modality

    def _quote(self, quote: str, where: str) -> Span | None:
        return self._found(find_quote(quote, self.record, where))

    def _words(self, words: str, evidence: Span | None, where: str, field: str) -> Span | None:
        return self._found(find_words(words, evidence, self.record, f"{where}, {field}")) if evidence else None

    def _found(self, found: Span | Problem) -> Span | None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def _cue(self, cue: str | None, modality: Modality | None, evidence: Span | None, where: str) -> Span | None:
        if modality and modality.needs_cue and cue is None:
            self._report(where, f"“cue” is missing: a {modality.label} statement shows its words", 'write cue = "…"')
        if modality and not modality.needs_cue and cue is not None:
            remedy = "choose the modality that these words give, or leave the cue out"
            self._report(f"{where}, cue", f"{modality.label} is what has no cue, but there is {cue!r}", remedy)
        return self._words(cue, evidence, where, "cue") if cue is not None else None

    def _qualifiers(self, written: WrittenStatement) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        for field, property_ in (
            ("condition", model.CONDITION),
            ("jurisdiction", model.JURISDICTION),
            ("subject_exemplar_of", model.SUBJECT_EXEMPLAR_OF),
            ("object_exemplar_of", model.OBJECT_EXEMPLAR_OF),
        ):
            name = getattr(written, field)
            if name is not None and (term := self._entity(name, written.where, field)):
                yield property_, term.iri
        if written.as_of is not None:
            yield model.AS_OF, Literal(f"{written.as_of:04}", datatype=standard.XSD_YEAR)
        if written.ordinal is not None:
            yield model.ORDINAL, Literal(written.ordinal)
        if written.interval is not None:
            where = f"{written.where}, interval"
            lower, upper = written.interval.lower, written.interval.upper
            if not (lower.is_finite() and upper.is_finite() and 0 <= lower <= upper <= 1):
                remedy = "write fractions from 0 to 1, the lower one first"
                self._report(where, f"{lower} to {upper} is not an interval", remedy)
            if denominator := self._entity(written.interval.of, where, "of"):
                yield model.LOWER_BOUND, _decimal(lower)
                yield model.UPPER_BOUND, _decimal(upper)
                yield model.DENOMINATOR, denominator.iri

    def _check_required(
        self, relation: Term, qualifiers: tuple[tuple[NamedNode, NamedNode | Literal], ...], where: str
    ) -> None:
        said = {property_ for property_, _ in qualifiers}
        for required in self.vocabulary.requires.get(relation.iri, ()):
            if required not in said:
                field = _field_name(required)
                what = f"“{field}” is missing: what {relation.label} something needs it"
                self._report(where, what, f"write {field} = …")


def _field_name(property_: NamedNode) -> str:
    """Give the field of ``statements.toml`` for a property of the statement model: ``as_of`` for ``asOf``."""
    local = property_.value.removeprefix(model.HER2LD)
    return re.sub(r"[A-Z]", lambda capital: "_" + capital[0].lower(), local)


def _decimal(value: Decimal) -> Literal:
    """Write a decimal in its canonical form (XML Schema 1.1 part 2, E.1), which triple stores keep as it is."""
    digits = f"{value:f}"
    return Literal(digits.rstrip("0").rstrip(".") if "." in digits else digits, datatype=standard.XSD_DECIMAL)


def _header_problems(header: WrittenHeader | None) -> Iterator[Problem]:
    if header and header.orcid and not _ORCID.fullmatch(header.orcid):
        yield Problem(f"{header.where}, orcid", f"{header.orcid!r} is not an ORCID", "write it as 0000-0000-0000-0000")


def _twins(written: tuple[WrittenStatement, ...], statements: list[Statement | None]) -> Iterator[Problem]:
    seen: dict[Statement, str] = {}
    for entry, statement in zip(written, statements, strict=True):
        if statement and (first := seen.setdefault(statement, entry.where)) != entry.where:
            yield Problem(entry.where, f"says the same as {first}", "delete one of the two")
