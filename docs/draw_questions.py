"""Draws docs/questions.md: the questions, and which of them touch which relation and which sentence of the review.

    python docs/draw_questions.py

A question touches a relation or a sentence if its answer changes when that is removed with its statements.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Store

from her2ld import Question, build, curation_folders, read_curation, read_ontology, read_questions, reason
from her2ld.cli import main
from her2ld.vocabulary import model, standard, statement_model

PLACE = Path(__file__).parent / "questions.md"
# The review alone: its abstract is at hand, and the tables have a row for each of its sentences.
PAPERS = PLACE.parent.parent / "tests" / "review"
UNUSED = "relations_never_used"
COMMAND = "query complexes_with --p receptor=HER3"


def draw() -> str:
    """Return the page."""
    vocabulary = read_ontology()
    quads = tuple(build(vocabulary, [read_curation(folder, vocabulary) for folder in curation_folders(PAPERS)]))
    questions = [question for question in read_questions() if not question.services and not question.excerpts]
    whole = _answers(quads, questions)

    def touching(gone: Callable[[Quad], bool]) -> str:
        left = _answers([quad for quad in quads if not gone(quad)], questions)
        return ", ".join(f"[{name}](#{name})" for name in whole if left[name] != whole[name])

    relations = sorted(
        (vocabulary.label(quad.subject), quad.subject)
        for quad in vocabulary.quads
        if quad.predicate == standard.DEFINITION and _text(quad.object).startswith("relation that ")
        if isinstance(quad.subject, NamedNode)
    )
    used = {quad.predicate for quad in quads}
    used |= {quad.object for quad in quads if quad.predicate == statement_model.RELATION}  # type: ignore[misc]
    sentences = _sentences(quads)
    return "\n".join(
        [
            "# The questions",
            "",
            "This page lists the questions that `her2ld query NAME` answers, with their parameters:",
            "",
            "```console",
            f"$ her2ld {COMMAND}",
            f"{CliRunner().invoke(main, COMMAND.split()).output}```",
            "",
            "Each file of `queries/` is a question. Tests compare its answer on three engines.",
            "`python docs/draw_questions.py` draws this page.",
            "",
            *(line for question in read_questions() for line in _entry(question)),
            "## Which questions touch which relation",
            "",
            "A question touches a relation if its answer changes when the relation and its claims are removed.",
            "",
            "| relation | questions |",
            "|---|---|",
            *(f"| {label} | {touching(_of_relation(quads, iri))} |" for label, iri in relations if iri in used),
            "",
            f"Nothing uses these relations yet; [{UNUSED}](#{UNUSED}) lists them:",
            *(f"- {label}" for label, iri in relations if iri not in used),
            "",
            "## Which questions touch which sentence of the review",
            "",
            "| sentence | questions |",
            "|---|---|",
            *(f"| {text} | {touching(_of_sentence(quads, iri))} |" for text, iri in sentences),
            "",
        ]
    )


def _entry(question: Question) -> Iterable[str]:
    yield f"### {question.name}"
    yield ""
    yield question.question
    yield ""
    for parameter in question.parameters:
        yield f"- `--p {parameter.name}={parameter.default}` ({parameter.type}): {parameter.meaning}"
    if question.entailment != "none":
        yield f"- entailment: {question.entailment}"
    for service in question.services:
        yield f"- asks <{service}>"
    for excerpt in question.excerpts:
        yield f"- `--with FILE`: {excerpt} ([integration.md](integration.md))"
    if question.parameters or question.entailment != "none" or question.services or question.excerpts:
        yield ""


def _answers(quads: Iterable[Quad], questions: Iterable[Question]) -> Mapping[str, object]:
    store, reasoned = Store(), Store()
    store.extend(quads)
    reasoned.extend((*store, *reason(store).quads()))
    answers: dict[str, object] = {}
    for question in questions:
        results = (reasoned if question.needs_inference else store).query(
            question.query, use_default_graph_as_union=True
        )
        is_graph = isinstance(results, QueryTriples)
        rows = [str(row) if is_graph else [str(value) for value in row] for row in results]  # type: ignore[union-attr]
        answers[question.name] = sorted(rows) if is_graph else rows
    return answers


def _sentences(quads: Iterable[Quad]) -> list[tuple[str, NamedNode]]:
    """Return the sentences in their order: the text, and the node of the span."""
    said = {(quad.subject, quad.predicate): quad.object for quad in quads}
    spans = [quad.subject for quad in quads if quad.object == model.SENTENCE and quad.predicate == standard.TYPE]
    ordered = sorted(spans, key=lambda span: int(_text(said[span, model.ORDER])))
    return [
        (_text(said[said[span, standard.HAS_SELECTOR], standard.EXACT]), span)  # type: ignore[index]
        for span in ordered
        if isinstance(span, NamedNode)
    ]


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""


def _of_relation(quads: Iterable[Quad], relation: NamedNode) -> Callable[[Quad], bool]:
    claims = {quad.subject for quad in quads if quad.predicate == statement_model.RELATION and quad.object == relation}
    gone = claims | {quad.subject for quad in quads if quad.object in claims}
    return lambda quad: quad.subject in gone or relation in (quad.subject, quad.predicate)


def _of_sentence(quads: Iterable[Quad], sentence: NamedNode) -> Callable[[Quad], bool]:
    spans = {quad.subject for quad in quads if quad.predicate == model.IN_SENTENCE and quad.object == sentence}
    said = {quad.subject for quad in quads if quad.predicate == statement_model.EVIDENCE and quad.object in spans}
    return lambda quad: quad.subject in said or quad.subject in spans or quad.subject == sentence


if __name__ == "__main__":
    PLACE.write_text(draw(), encoding="utf-8")
