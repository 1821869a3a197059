"""The names of the ontology found in texts."""

from her2ld.mentions.finder import Finder, Mention, Surroundings, mention_finder
from her2ld.mentions.record_mentions import AboutTest, about_test, label_finder, record_finder

__all__ = [
    "AboutTest",
    "Finder",
    "Mention",
    "Surroundings",
    "about_test",
    "label_finder",
    "mention_finder",
    "record_finder",
]
