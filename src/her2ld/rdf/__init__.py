"""RDF as such: its formats, and what keeps a parser safe from a file; nothing here knows of HER2."""
