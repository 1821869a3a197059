"""What papers say about HER2, as linked data tied to the exact characters that say it.

>>> from her2ld import build, curation_folders, read_curation, read_ontology
>>> vocabulary = read_ontology()
>>> curations = [read_curation(folder, vocabulary) for folder in curation_folders()]
>>> quads = list(build(vocabulary, curations))
"""

from her2ld.assets import curation_folders
from her2ld.curation import Curation, read_curation
from her2ld.errors import CurationError, ExportError, Her2ldError, OntologyError, Problem, RecordError, ValidationError
from her2ld.export import export
from her2ld.graph import build, from_rdflib, to_rdflib
from her2ld.validate import Finding, Limits, Report, read_shapes, validate
from her2ld.vocabulary import Vocabulary, json_ld_context, read_ontology

__all__ = [
    "Curation",
    "CurationError",
    "ExportError",
    "Finding",
    "Her2ldError",
    "Limits",
    "OntologyError",
    "Problem",
    "RecordError",
    "Report",
    "ValidationError",
    "Vocabulary",
    "build",
    "curation_folders",
    "export",
    "from_rdflib",
    "json_ld_context",
    "read_curation",
    "read_ontology",
    "read_shapes",
    "to_rdflib",
    "validate",
]
