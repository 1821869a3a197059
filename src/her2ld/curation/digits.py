"""The places of the numbers of a statement: each number is tied to digits of its own.

Among equal digits, the best fit is taken (:func:`her2ld.texts.numbers.find_fitting`), and among equal fits the first
free one. Digits taken by one item of a list (``each``) are not free for another item, as long as equal digits are left;
a number that all items share has one place. If equal digits remain free, the first may be the wrong choice, and a note
says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper
from her2ld.pubmed import Place
from her2ld.statements import Span
from her2ld.texts.folding import cuts_a_word, occurrences, with_plain_signs
from her2ld.texts.numbers import Misfit, Printed, Wanted, find_fitting, find_numbers, with_operator
from her2ld.texts.units import unit_at

_BETWEEN_BOUNDS = re.compile(r" ?[-,;] ?| (?:to|through) ")


@dataclass(frozen=True, slots=True)
class PlacedNumber:
    """A number of a quote: its place in the record, without and with its operator, and its printed form."""

    place: Place
    whole: Place
    printed: Printed


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number that was found, and equal digits that could equally be meant.

    ``is_again`` says that another item of the list has the same digits.
    """

    where: str
    written: str
    others: tuple[Place, ...]
    is_again: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """The digits that the entries of a paper have taken, and the doubtful ones; items count as their list."""

    taken: dict[str, list[Place]] = field(default_factory=dict)
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)


# How badly a place fits the wanted number, apart from its printed form: the least is the best.
Preference = Callable[[PlacedNumber], tuple[int, ...]]


def _any(_: PlacedNumber) -> tuple[int, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Digits:
    """The digits in the spans of a statement, the quote first.

    ``used`` are the digits that the statement has taken; ``within`` are the words that limit the search, if any.
    """

    paper: Paper
    entry: Entry
    ledger: Ledger
    quotes: tuple[Place, ...]
    within: tuple[Place, ...] = ()
    used: list[Place] = field(default_factory=list)

    def narrowed(self, entry: Entry) -> "Digits":
        """Return the same digits, limited to the words that an entry gives in ``at``."""
        found = [self._words(words, entry.where_of("at")) for words in entry.texts("at")]
        return replace(self, within=tuple(each for each in found if each)) if all(found) and found else self

    def _words(self, words: str, where: str) -> Place | None:
        """Return the only place of words in the quote or in the further spans."""
        found = dict.fromkeys(
            self.paper.record.span(quote.part, quote.start + start, quote.start + end)
            for quote in self.quotes
            for start, end in occurrences(words, quote.exact)
            if not cuts_a_word(quote.exact, start, end)
        )
        if len(found) == 1:
            return next(iter(found))
        if found:
            what = f"{words!r} occurs {len(found)} times in the quote"
            self.paper.report(where, what, "write more of the words around the number")
        else:
            held = " or ".join(repr(quote.exact) for quote in self.quotes)
            what = f"{words!r} is not in the quote"
            self.paper.report(where, what, f"copy whole words from {held}, or add them to also")
        return None

    def place(self, wanted: Wanted, where: str) -> Span | None:
        """Return the place of a number; a number that no quote contains is a problem."""
        found = self.find(wanted, where)
        return self.paper.span(found.place) if found else None

    def find(self, wanted: Wanted, where: str, prefer: Preference = _any) -> PlacedNumber | None:
        """Return the place of a number and its printed form; a number that no quote contains is a problem."""
        free = [
            ((fit[:2], prefer(found), fit[2], order, self._is_of_sibling(found.place, where)), found)
            for order, fit, found in self._fitting(wanted)
            if found.place not in self.used
        ]
        if free:
            rank, best = min(free, key=lambda each: (each[0], each[1].place.start))
            self._take(best)
            others = [found for each, found in free if each[:4] == rank[:4] and found is not best]
            self._doubt(where, wanted, others, is_again=rank[4])
            return best
        self._report(wanted, where)
        return None

    def find_bounds(
        self, lower: Wanted, upper: Wanted, where: str, prefer: Preference = _any
    ) -> tuple[PlacedNumber, ...]:
        """Return the places of two numbers: the bounds of one interval if there is one, otherwise each separately."""
        pairs = []
        ends = [each for each in self._fitting(upper) if each[2].place not in self.used]
        for order, fit, first in self._fitting(lower):
            for order_of_end, fit_of_end, last in ends:
                if order == order_of_end and first.place not in self.used and self._is_interval(first, last):
                    taken = self._is_of_sibling(first.place, where)
                    pairs.append(((fit_of_end, fit, prefer(first), order, taken), (first, last)))
        if pairs:
            rank, best = min(pairs, key=lambda each: (each[0], each[1][0].place.start))
            self._take(*best)
            others = [each[0] for other, each in pairs if other[:4] == rank[:4] and each is not best]
            self._doubt(where, lower, others, is_again=rank[4])
            return best
        alone = (self.find(each, where, prefer) for each in (lower, upper))
        return tuple(each for each in alone if each)

    def _fitting(self, wanted: Wanted) -> Iterator[tuple[int, Misfit, PlacedNumber]]:
        """Yield the candidates for the wanted number, each once, with the order of its quote."""
        seen: set[Place] = set()
        for order, quote in enumerate(self.quotes):
            for fit, printed in find_fitting(wanted, quote.exact):
                found = self._found(quote, printed)
                if found.place not in seen and (
                    not self.within or any(each.contains(found.place) for each in self.within)
                ):
                    seen.add(found.place)
                    yield order, fit, found

    def _found(self, quote: Place, printed: Printed) -> PlacedNumber:
        places = ((printed.start, printed.end), with_operator(quote.exact, printed))
        alone, whole = (
            self.paper.record.span(quote.part, quote.start + start, quote.start + end) for start, end in places
        )
        return PlacedNumber(alone, whole, printed)

    def _is_interval(self, first: PlacedNumber, last: PlacedNumber) -> bool:
        """Tell whether two numbers are printed as the bounds of an interval."""
        start, end = first.place.end, last.place.start
        if first.place.part != last.place.part or end <= start:
            return False
        text = with_plain_signs(self.paper.record.texts[first.place.part])
        unit = unit_at(text, start)
        if unit and unit.end <= end:
            start = unit.end
        return _BETWEEN_BOUNDS.fullmatch(text, start, end) is not None

    def _is_shared(self, where: str) -> bool:
        """Tell whether all items of a list share the field at a place."""
        return bool(self.entry.of) and not where.startswith(f"{self.entry.where},")

    def _is_of_sibling(self, place: Place, where: str) -> bool:
        """Tell whether another item of the list has the digits as its own."""
        return not self._is_shared(where) and place in self.ledger.taken.get(self.entry.of, ())

    def _take(self, *found: PlacedNumber) -> None:
        places = [each.place for each in found]
        self.used.extend(places)
        self.ledger.taken.setdefault(self.entry.of or self.entry.where, []).extend(places)

    def _doubt(self, where: str, wanted: Wanted, others: Iterable[PlacedNumber], *, is_again: bool) -> None:
        places = tuple(each.place for each in others)
        if places:
            doubt = Doubt(where, wanted.spelling or str(wanted.value), places, is_again)
            self.ledger.doubts.setdefault(self.entry.of or self.entry.where, []).append(doubt)

    def _report(self, wanted: Wanted, where: str) -> None:
        text = wanted.spelling or str(wanted.value)
        searched = self.within or self.quotes
        printed = [(quote, each) for quote in searched for each in find_numbers(quote.exact)]
        held = ", ".join(quote.exact[each.start : each.end] for quote, each in printed)
        if self.within:
            what = f"the words of “at” do not contain {text!r}"
        elif any(found.place in self.used for _, _, found in self._fitting(wanted)):
            what = f"the quote contains {text!r} less often than the entry gives it"
        else:
            what = f"the quote does not contain {text!r}"
        of, other = (
            ("these words", "write others in at") if self.within else ("the quote", "quote the words with this one")
        )
        remedy = f"copy a number of {of} ({held or 'it has none'}), or {other}"
        self.paper.report(where, what, remedy)


def note_doubts(paper: Paper, ledger: Ledger) -> None:
    """Note each number whose digits are in doubt: equal digits are left over, or there are fewer than items."""
    for entry, doubts in ledger.doubts.items():
        for doubt in doubts:
            if doubt.is_again or any(place not in ledger.taken[entry] for place in doubt.others):
                what = (
                    f"the quote prints {doubt.written!r} more than once; the first is taken unless “at” gives the place"
                )
                paper.note(doubt.where, what)
