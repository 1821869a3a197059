"""The numbers of a statement, read as the paper prints them; a number that is not in the quote is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.curation.digits import Digits
from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper
from her2ld.errors import Problem
from her2ld.statements import Dose, Result, Span
from her2ld.texts import quantities
from her2ld.texts.numbers import Printed, Wanted
from her2ld.vocabulary import statement_model as model

_SHARED = ("measure", "unit", "counted")
_INTERVALS = {
    "ci95": model.CONFIDENCE_INTERVAL,
    "ci": model.CONFIDENCE_INTERVAL,
    "range": model.RANGE,
    "iqr": model.INTERQUARTILE_RANGE,
}
_DEVIATIONS = {"sd": model.STANDARD_DEVIATION, "se": model.STANDARD_ERROR}
_LEVEL_OF_CI95 = Decimal(95)
_UNREACHED = {"NR": model.NOT_REACHED, "NE": model.NOT_ESTIMABLE}


def read_results(paper: Paper, entry: Entry, digits: Digits) -> tuple[Result, ...]:
    """Read the results of an entry; two of one measure and one group cannot be distinguished and are refused."""
    shared = {name: entry.values[name] for name in _SHARED if name in entry}
    narrowed = digits.narrowed(entry)
    found: list[tuple[str, Result]] = []
    for written in entry.entries("result"):
        values = {**shared, **written.values}
        of_result = digits.narrowed(written) if "at" in written else narrowed
        result = _result(paper, Entry(written.where, values=values), of_result)
        found.append((_name(paper, result), result))
    if "p" in entry:
        # The ``at`` of an item does not apply to a number that all items share.
        of_p = digits if "at" in entry.own and "p" not in entry.own else narrowed
        alone = Entry(entry.where_of("p").removesuffix(", p"), values={"p": entry.values["p"]})
        found.append(("p", _result(paper, alone, of_p)))
    if "at" in entry and not found:
        paper.report(entry.where_of("at"), "there is no result for the digits in “at”", "write one, or delete at")
    names = [name for name, _ in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        what = f"there are {names.count(name)} results of one measure and one group ({name})"
        paper.report(entry.at("result"), what, "name the group of each, or write a statement for each")
    # The IRI is completed when that of the statement is known.
    return tuple(replace(result, iri=NamedNode(f"urn:{name}")) for name, result in found)


def read_doses(paper: Paper, entry: Entry, digits: Digits) -> tuple[Dose, ...]:
    """Read the doses of an entry; further doses of one agent are numbered."""
    found: list[Dose] = []
    names: list[str] = []
    for written in entry.entries("dose"):
        agent = paper.term(written, "agent")
        value = _quantity(paper, written, "value", digits)
        interval = _interval(paper, written, "range", digits) if "range" in written else None
        if value is None and interval is None:
            paper.report(written.where, "“value” is missing", 'write value = "250 mg"')
            continue
        places = [*(value[1] if value else ()), *(interval[1] if interval else ())]
        paper.anywhere(written, "schedule")
        name = iris.local(agent.iri) if agent else str(len(found) + 1)
        names.append(name)
        found.append(
            Dose(
                iri=NamedNode(f"urn:dose-{name}" + (f"-{names.count(name)}" if names.count(name) > 1 else "")),
                agent=agent.iri if agent else None,
                value=value[0].value if value else None,
                lower=interval[0].lower if interval else None,
                upper=interval[0].upper if interval else None,
                unit=_unit(paper, written) or (value[0].ucum if value else interval[0].ucum if interval else None),
                schedule=written.text("schedule"),
                printed_at=tuple(places),
            )
        )
    return tuple(found)


def _name(paper: Paper, result: Result) -> str:
    """Return the name of a result, which is unique within its statement: its measure and its group."""
    measure = iris.local(result.measure) if result.measure else "p"
    if result.group is None:
        return measure
    keys: Mapping[NamedNode, str] = {group.iri: key.casefold() for key, group in paper.groups.items()}
    return f"{measure}-{keys.get(result.group) or iris.local(result.group)}"


def _result(paper: Paper, entry: Entry, digits: Digits) -> Result:
    where, before = entry.where, len(paper.problems)
    measure = paper.term(entry, "measure", model.MEASURE_CLASS)
    group = paper.group_or_term(entry, "group")
    counted = paper.term(entry, "counted")
    result = Result(
        iri=NamedNode("urn:result"),
        measure=measure.iri if measure else None,
        group=group.iri if group else None,
        counted=counted.iri if counted else None,
        unit=_unit(paper, entry),
        time=entry.text("time"),
    )
    paper.anywhere(entry, "time")
    result = _with_value(paper, entry, digits, result)
    result = _with_interval(paper, entry, digits, result)
    for name, field in (("n", "count"), ("of", "out_of")):
        if name in entry:
            count = _count(paper, entry, name, digits)
            if count:
                result = _with(result, count[1], **{field: count[0]})
    result = _with_p(paper, entry, digits, result)
    says_something = result.printed_at or result.unreached or result.significance
    if not says_something and len(paper.problems) == before:
        paper.report(where, "the result has no number", 'write value = "45.3%", or n and of, or p')
    if measure is None and "measure" not in entry and (result.value is not None or result.lower is not None):
        paper.report(where, "“measure” is missing", 'write measure = "proportion", or what else the number is')
    return result


def _with(result: Result, places: tuple[Span, ...], **changes: object) -> Result:
    return replace(result, printed_at=(*result.printed_at, *places), **changes)  # type: ignore[arg-type]  # by name


def _with_value(paper: Paper, entry: Entry, digits: Digits, result: Result) -> Result:
    text = entry.text("value")
    if text is not None and (mark := quantities.read_unreached(text)):
        _check_marks(paper, digits, (mark,), entry.at("value"))
        return _with(result, (), unreached=_UNREACHED[mark])
    for name in ("value", "up_to"):
        read = _quantity(paper, entry, name, digits) if name in entry else None
        if read is None:
            continue
        quantity, places = read
        unit = result.unit or quantity.ucum
        if name == "up_to":
            result = _with(result, places, upper=quantity.value or quantity.upper, unit=unit)
        elif quantity.value is None:
            kind = model.RANGE if quantity.lower is not None else None
            result = _with(result, places, lower=quantity.lower, upper=quantity.upper, unit=unit, interval_kind=kind)
        else:
            result = _with(result, places, value=quantity.value, operator=quantity.operator, unit=unit)
    return result


def _with_interval(paper: Paper, entry: Entry, digits: Digits, result: Result) -> Result:
    for name, kind in _INTERVALS.items():
        read = _interval(paper, entry, name, digits, result.unit) if name in entry else None
        if read is None:
            continue
        interval, places = read
        marks = [each for each in (interval.lower_unreached, interval.upper_unreached) if each]
        _check_marks(paper, digits, marks, entry.at(name))
        level = _LEVEL_OF_CI95 if name == "ci95" else None
        if name == "ci":
            level = _level(paper, entry)
        result = _with(
            result,
            places,
            lower=interval.lower,
            upper=interval.upper,
            lower_unreached=_UNREACHED.get(interval.lower_unreached or ""),
            upper_unreached=_UNREACHED.get(interval.upper_unreached or ""),
            interval_kind=kind,
            level=level,
            unit=result.unit or interval.ucum,
        )
    for name, kind in _DEVIATIONS.items():
        read_deviation = _quantity(paper, entry, name, digits) if name in entry else None
        if read_deviation:
            result = _with(result, read_deviation[1], deviation=read_deviation[0].value, interval_kind=kind)
    return result


def _with_p(paper: Paper, entry: Entry, digits: Digits, result: Result) -> Result:
    text = entry.text("p")
    if text is None:
        return result
    where = entry.at("p")
    read = quantities.read_p(text, where)
    if isinstance(read, Problem):
        paper.problems.append(read)
        return result
    if read.value is None:
        if not any(text.casefold() in words.exact.casefold() for words in digits.quotes):
            paper.report(where, f"the quote does not contain {text!r}", "copy the word of the quote")
        return _with(result, (), significance=model.SIGNIFICANT if read.significant else model.NOT_SIGNIFICANT)
    found = digits.find(Wanted(read.value, operator=read.operator, spelling=text), where)
    printed = found.printed.operator or "=" if found else None
    if found and printed != read.operator:
        what = f"the paper prints “{printed}” before the number, not “{read.operator}”"
        paper.report(where, what, "copy the operator, too")
    places = (paper.span(found.place),) if found else ()
    return _with(result, places, p_value=read.value, p_operator=read.operator)


def _check_marks(paper: Paper, digits: Digits, marks: Iterable[quantities.Unreached], where: str) -> None:
    """Report marks such as “not reached” that are in the entry but not in the quote."""
    for mark in marks:
        if not any(mark in quantities.find_unreached(quote.exact) for quote in digits.quotes):
            what = f"the quote does not say “{'not reached' if mark == 'NR' else 'not estimable'}”"
            paper.report(where, what, "copy what the paper prints, or quote the words that say so")


def _quantity(
    paper: Paper, entry: Entry, name: str, digits: Digits
) -> tuple[quantities.Quantity, tuple[Span, ...]] | None:
    text = entry.text(name)
    if text is None:
        return None
    where = entry.at(name)
    read = quantities.read_value(text, where)
    if isinstance(read, Problem):
        paper.problems.append(read)
        return None
    unit = read.ucum or _unit(paper, entry)
    if read.value is None:
        return read, _bounds(read, digits, where, text, unit)
    found = digits.find(Wanted(read.value, unit, read.operator, text), where)
    if found:
        check_operator(paper, found.printed, read.operator, where)
    return read, (paper.span(found.place),) if found else ()


def check_operator(paper: Paper, printed: Printed, operator: str | None, where: str) -> None:
    """Report a number that the paper prints with another operator than the given one."""
    shown = printed.operator if printed.operator != "=" else None
    if shown != operator:
        what = f"“{shown}” (in signs or in words)" if shown else "no operator"
        remedy = "copy the words or signs before or after the number, too"
        paper.report(where, f"the paper prints {what} beside {printed.value}", remedy)


def _interval(
    paper: Paper, entry: Entry, name: str, digits: Digits, unit: str | None = None
) -> tuple[quantities.Interval, tuple[Span, ...]] | None:
    text = entry.text(name)
    if text is None:
        return None
    where = entry.at(name)
    read = quantities.read_interval(text, where)
    if isinstance(read, Problem):
        paper.problems.append(read)
        return None
    return read, _bounds(read, digits, where, text, read.ucum or unit)


def _bounds(
    read: quantities.Quantity | quantities.Interval, digits: Digits, where: str, text: str, unit: str | None = None
) -> tuple[Span, ...]:
    """Return the places of the bounds that are numbers."""
    if read.lower is not None and read.upper is not None:
        bounds = (Wanted(read.lower, unit, spelling=text), Wanted(read.upper, unit, spelling=text))
        return tuple(digits.paper.span(each.place) for each in digits.find_bounds(*bounds, where))
    wanted = [Wanted(each, unit, spelling=text) for each in (read.lower, read.upper) if each is not None]
    places = [digits.place(each, where) for each in wanted]
    return tuple(place for place in places if place)


def _count(paper: Paper, entry: Entry, name: str, digits: Digits) -> tuple[int, tuple[Span, ...]] | None:
    text = entry.text(name) or ""
    where = entry.at(name)
    count = quantities.read_count(text, where)
    if isinstance(count, Problem):
        paper.problems.append(count)
        return None
    place = digits.place(Wanted(Decimal(count), spelling=text), where)
    return count, (place,) if place else ()


def _level(paper: Paper, entry: Entry) -> Decimal | None:
    read = quantities.read_value(entry.text("level") or "", entry.where)
    if isinstance(read, Problem) or read.value is None:
        paper.report(entry.where, "an interval with “ci” needs its level", 'write level = "90"')
        return None
    return read.value


def _unit(paper: Paper, entry: Entry) -> str | None:
    text = entry.text("unit")
    if text is None:
        return None
    code = quantities.read_unit(text, entry.at("unit"))
    if isinstance(code, Problem):
        paper.problems.append(code)
        return None
    return code
