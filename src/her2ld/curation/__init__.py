"""Curation folders: a paper's record and a curator's statements on it, checked character by character."""

from her2ld.curation.reader import read_curation, unread_runs, unread_words

__all__ = ["read_curation", "unread_runs", "unread_words"]
