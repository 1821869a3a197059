"""Mappings to other vocabularies: listed, written as SSSOM, compared with those of others, held against releases."""
