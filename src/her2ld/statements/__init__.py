"""What papers say, as values: neither quads nor a store are known here."""

from her2ld.statements.model import Claim, Curation, Dose, Group, Result, Silence, Span, Statement, Study

__all__ = ["Claim", "Curation", "Dose", "Group", "Result", "Silence", "Span", "Statement", "Study"]
