"""Statements of papers as values, without quads or a store."""

from her2ld.statements.model import Claim, Curation, Dose, Group, Result, Silence, Span, Statement, Study

__all__ = ["Claim", "Curation", "Dose", "Group", "Result", "Silence", "Span", "Statement", "Study"]
