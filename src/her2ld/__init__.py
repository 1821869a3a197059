"""What papers say about HER2, as linked data tied to the exact characters that say it.

>>> from her2ld import build, curation_folders, read_curation, read_ontology
>>> vocabulary = read_ontology()
>>> curations = [read_curation(folder, vocabulary) for folder in curation_folders()]
>>> quads = list(build(vocabulary, curations))
"""

from importlib import import_module as _import_module

_TYPE_CHECKING = False  # that of typing takes longer to import than everything needed here
if _TYPE_CHECKING:
    from her2ld.assets import curation_folders
    from her2ld.curation import read_curation
    from her2ld.dataset import AsOf, as_of, build, from_rdflib, to_rdflib
    from her2ld.errors import (
        CurationError,
        ExportError,
        Her2ldError,
        IdentifierError,
        LimitError,
        LoadError,
        MappingError,
        OntologyError,
        Problem,
        QueryError,
        ReasoningError,
        RecordError,
        ReleaseError,
        ValidationError,
    )
    from her2ld.exports import OntologyDocument, export, ontology_document
    from her2ld.exports.kgx import KgxTables, kgx_tables
    from her2ld.exports.nanopublications import Nanopublication, nanopublications
    from her2ld.limits import Limits
    from her2ld.mappings.sssom_writer import sssom_quads, sssom_table
    from her2ld.mappings.term_mappings import TermMapping, term_mappings
    from her2ld.mentions import Mention, mention_finder
    from her2ld.pubmed.article import Article, Deletion, Refusal
    from her2ld.pubmed.forms import read_records
    from her2ld.query.answers import Answer, ask
    from her2ld.query.catalogue import Question, find_question, read_questions
    from her2ld.query.parameters import bind
    from her2ld.reasoning.closure import KeptClosure
    from her2ld.reasoning.inference import Reasoned, reason
    from her2ld.statements import Curation
    from her2ld.validation import Finding, Report, read_shapes, validate
    from her2ld.vocabulary.context import json_ld_context
    from her2ld.vocabulary.identifiers import identify, owner_iri
    from her2ld.vocabulary.ontology import Vocabulary, read_ontology

__all__ = [
    "Answer",
    "Article",
    "AsOf",
    "Curation",
    "CurationError",
    "Deletion",
    "ExportError",
    "Finding",
    "Her2ldError",
    "IdentifierError",
    "KeptClosure",
    "KgxTables",
    "LimitError",
    "Limits",
    "LoadError",
    "MappingError",
    "Mention",
    "Nanopublication",
    "OntologyDocument",
    "OntologyError",
    "Problem",
    "QueryError",
    "Question",
    "Reasoned",
    "ReasoningError",
    "RecordError",
    "Refusal",
    "ReleaseError",
    "Report",
    "TermMapping",
    "ValidationError",
    "Vocabulary",
    "as_of",
    "ask",
    "bind",
    "build",
    "curation_folders",
    "export",
    "find_question",
    "from_rdflib",
    "identify",
    "json_ld_context",
    "kgx_tables",
    "mention_finder",
    "nanopublications",
    "ontology_document",
    "owner_iri",
    "read_curation",
    "read_ontology",
    "read_questions",
    "read_records",
    "read_shapes",
    "reason",
    "sssom_quads",
    "sssom_table",
    "term_mappings",
    "to_rdflib",
    "validate",
]

_DEFINED_IN = {
    "assets": ("curation_folders",),
    "curation": ("read_curation",),
    "dataset": ("AsOf", "as_of", "build", "from_rdflib", "to_rdflib"),
    "errors": tuple(name for name in __all__ if name.endswith("Error") or name == "Problem"),
    "exports": ("OntologyDocument", "export", "ontology_document"),
    "exports.kgx": ("KgxTables", "kgx_tables"),
    "exports.nanopublications": ("Nanopublication", "nanopublications"),
    "limits": ("Limits",),
    "mentions": ("Mention", "mention_finder"),
    "pubmed.article": ("Article", "Deletion", "Refusal"),
    "pubmed.forms": ("read_records",),
    "mappings.term_mappings": ("TermMapping", "term_mappings"),
    "mappings.sssom_writer": ("sssom_quads", "sssom_table"),
    "query.answers": ("Answer", "ask"),
    "query.catalogue": ("Question", "find_question", "read_questions"),
    "query.parameters": ("bind",),
    "reasoning.closure": ("KeptClosure",),
    "reasoning.inference": ("Reasoned", "reason"),
    "statements": ("Curation",),
    "validation": ("Finding", "Report", "read_shapes", "validate"),
    "vocabulary.context": ("json_ld_context",),
    "vocabulary.identifiers": ("identify", "owner_iri"),
    "vocabulary.ontology": ("Vocabulary", "read_ontology"),
}
_MODULES = {name: module for module, names in _DEFINED_IN.items() for name in names}


def __getattr__(name: str) -> object:
    """Return a public name, imported on first use (PEP 562), so that a short command does not import everything."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
