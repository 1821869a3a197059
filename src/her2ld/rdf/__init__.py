"""RDF in general: formats, checks of files before parsing, JSON-LD, and canonical names of blank nodes."""
