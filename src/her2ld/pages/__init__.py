"""HTML pages of what a store holds: a page for each term, statement and paper, the network, and the questions.

A page is a string that :func:`render` draws from a :class:`Knowledge`, for a server or for the files of a static site.
"""

from her2ld.pages.asset_files import assets
from her2ld.pages.knowledge import Knowledge, read_knowledge
from her2ld.pages.links import Links
from her2ld.pages.places import page_paths
from her2ld.pages.policy import CONTENT_SECURITY_POLICY, content_security_policy
from her2ld.pages.questions import Asked, read_asked
from her2ld.pages.rendering import render

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "Asked",
    "Knowledge",
    "Links",
    "assets",
    "content_security_policy",
    "page_paths",
    "read_asked",
    "read_knowledge",
    "render",
]
