"""Where in her2.ttl a new term goes: into the section of its class, by its name; what it is mapped to has a line."""

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal

from her2ld.desk.ontology_text import TextBlock, TextSection, sections, with_block, with_lines
from her2ld.desk.term_blocks import NewTerm, Written, mapped_term_line, term_lines
from her2ld.desk.term_identifiers import MappedTerm
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Term, Vocabulary


def with_term(
    text: str, term: NewTerm, known: Mapping[str, Term], vocabulary: Vocabulary, curie: Written
) -> str | None:
    """Return the text with the block of a term, None where no section has its class or others of it.

    ``vocabulary`` knows the term, and all others that the text has; ``known`` has them as they are written.
    """
    home = _home(sections(text), term, known, curie)
    if home is None:
        return None
    terms = [block for block in home.blocks if block.subject in known]
    is_class = {block.subject: standard.OWL_CLASS in known[block.subject].types for block in terms}
    classes = [block for block in terms if is_class[block.subject]]
    entities = [block for block in terms if not is_class[block.subject]]
    block, subject = term_lines(term, curie), curie(term.iri)
    if _is_sorted(terms) and classes and entities and entities[0].start < classes[-1].start:
        return with_block(text, subject, block, terms)  # classes and entities stand among each other
    alike = classes if term.is_class else entities
    kin = [each for each in alike if _is_kin(known[each.subject], term, vocabulary)]
    if among := alike if _is_sorted(alike) else [] if term.is_class else kin:
        return with_block(text, subject, block, among)
    # After the classes below the same class, else after the class itself; a section of entities alone has neither.
    above = [each for each in classes if each.subject == curie(term.parent)]
    after = ((kin if term.is_class else []) or (classes if not entities else above) or terms)[-1]
    return with_lines(text, after.end, ["", *block])


def _home(
    found: tuple[TextSection, ...], term: NewTerm, known: Mapping[str, Term], curie: Written
) -> TextSection | None:
    """Return the section that has the class of the term, else the one that has most of those in the same class."""
    for section in found:
        if any(block.subject == curie(term.parent) for block in section.blocks):
            return section
    members = {name for name, each in known.items() if term.parent in each.types}
    counts = [sum(block.subject in members for block in section.blocks) for section in found]
    return found[counts.index(max(counts))] if any(counts) else None


def _is_sorted(blocks: list[TextBlock]) -> bool:
    subjects = [block.subject for block in blocks]
    return subjects == sorted(subjects)


def _is_kin(other: Term, term: NewTerm, vocabulary: Vocabulary) -> bool:
    if term.is_class:
        return term.parent in vocabulary.ancestors.get(other.iri, frozenset({other.iri}))
    return term.parent in other.types


def with_mapped_terms(text: str, terms: Iterable[MappedTerm], curie: Written) -> str:
    """Return the text with the lines of mapped terms, each in its order among the others, else at the end.

    One that has a line already gets its releases there.
    """
    checked = f" {curie(model.CHECKED_AGAINST)} "
    lines = text.split("\n")
    stands = {block.subject: block.subject_line for section in sections(text) for block in section.blocks}
    new_terms = []
    for term in terms:
        at_line = stands.get(curie(term.iri))
        if at_line is None:
            new_terms.append(term)
        elif term.releases and checked not in lines[at_line]:
            said, _, rest = lines[at_line].rpartition(" .")
            lines[at_line] = f"{said} ;{checked}{', '.join(str(Literal(each)) for each in term.releases)} .{rest}"
    text = "\n".join(lines)
    found = [
        [
            block
            for block in section.blocks
            if block.end == block.subject_line + 1 and checked in lines[block.subject_line]
        ]
        for section in sections(text)
    ]
    among = max(found, key=len)
    end = among[-1].end if among else len(lines) - (not lines[-1])
    places: dict[int, list[str]] = {}
    for term in sorted(new_terms, key=lambda each: curie(each.iri)):
        subject = curie(term.iri)
        at = next((block.start for block in among if block.subject > subject), end)
        places.setdefault(at, []).append(mapped_term_line(term.iri, term.label, term.releases, curie))
    for at, new in sorted(places.items(), reverse=True):
        text = with_lines(text, at, new if among else ["", *new])
    return text
