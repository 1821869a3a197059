"""The names of the ontology found in texts."""

from her2ld.mentions.about import AboutTest, about_test
from her2ld.mentions.finder import Finder, Mention, mention_finder

__all__ = ["AboutTest", "Finder", "Mention", "about_test", "mention_finder"]
