"""Curation folders: a paper's record and what a curator read in it, checked character by character."""

from her2ld.curation.reader import read_curation, unread_words
from her2ld.curation.statements import Curation, KnowledgeGap, Silence, Statement

__all__ = ["Curation", "KnowledgeGap", "Silence", "Statement", "read_curation", "unread_words"]
