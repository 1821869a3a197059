"""Statements of papers as values, without quads or a store."""

from her2ld.statements.statement import Claim, Curation, Dose, Group, Result, Silence, Span, Statement, Study

__all__ = ["Claim", "Curation", "Dose", "Group", "Result", "Silence", "Span", "Statement", "Study"]
