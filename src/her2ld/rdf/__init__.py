"""RDF in general: its formats, checks of files before they are parsed, and names for blank nodes."""
