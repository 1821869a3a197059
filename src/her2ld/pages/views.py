"""What a page is given: the name of its template, and what the template shows."""

from collections.abc import Mapping

View = tuple[str, Mapping[str, object]]
