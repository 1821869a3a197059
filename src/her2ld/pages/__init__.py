"""HTML pages of a store: a page for each term, claim, statement and paper, the network, and the questions.

A page is a string that :func:`render` draws from a :class:`Knowledge`, for a server or for the files of a static site.
"""

from her2ld.pages.knowledge import Knowledge, read_knowledge
from her2ld.pages.links import Links, offered, page_paths
from her2ld.pages.query_page import Asked, read_asked
from her2ld.pages.rendering import assets, content_security_policy, render

__all__ = [
    "Asked",
    "Knowledge",
    "Links",
    "assets",
    "content_security_policy",
    "offered",
    "page_paths",
    "read_asked",
    "read_knowledge",
    "render",
]
