"""Quads out, in six formats, and statements as nanopublications."""

from her2ld.exports.files import replacing
from her2ld.exports.formats import FORMATS, NANOPUBLICATIONS, Format, export, format_of

__all__ = ["FORMATS", "NANOPUBLICATIONS", "Format", "export", "format_of", "replacing"]
