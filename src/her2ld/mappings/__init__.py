"""How our terms are mapped to other vocabularies: listed, written as SSSOM, compared with the mappings of others."""
