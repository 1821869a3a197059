"""Where two readings of a record differ."""

from tests.pubmed.texts import canonical


def compare(place: str, has: object, wanted: object) -> list[tuple[str, object, object]]:
    """Return the innermost parts in which two records differ; texts with tags are compared in one spelling."""
    if has == wanted:
        return []
    if isinstance(has, str) and place.endswith(".marked_up") and canonical(has) == wanted:
        return []
    if isinstance(has, tuple) and isinstance(wanted, tuple) and len(has) == len(wanted):
        names = getattr(has, "_fields", range(len(has)))
        parts = zip(names, has, wanted, strict=True)
        return [each for name, one, other in parts for each in compare(f"{place}.{name}", one, other)]
    return [(place, has, wanted)]
