"""What authors say, as values: neither quads nor a store are known here."""

from her2ld.statements.model import Curation, KnowledgeGap, Silence, Statement

__all__ = ["Curation", "KnowledgeGap", "Silence", "Statement"]
