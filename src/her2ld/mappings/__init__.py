"""Mappings to other vocabularies: listed, written as SSSOM, compared with those of others, checked against releases."""
