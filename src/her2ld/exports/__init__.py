"""Quads out, in six formats."""

from her2ld.exports.files import replacing
from her2ld.exports.formats import FORMATS, Format, export, format_of

__all__ = ["FORMATS", "Format", "export", "format_of", "replacing"]
