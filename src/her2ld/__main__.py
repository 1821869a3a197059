"""The door: ``her2ld`` and ``python -m her2ld``. A question with nothing beside its name takes the short way.

Most questions go there. It imports no more than the answer needs, which is not what reads options.
"""

import os
import sys

_ABORTED = 1
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def run() -> None:
    """Do what the command line says."""
    arguments = sys.argv[1:]
    if len(arguments) == len(("query", "NAME")) and arguments[0] == "query" and arguments[1].isidentifier():
        try:
            _ask(arguments[1])
        except KeyboardInterrupt:
            sys.stderr.write("\nAborted!\n")  # as click says it
            sys.exit(_ABORTED)
    from her2ld.cli import EndAtOnce, main

    try:
        main(prog_name="her2ld")
    except EndAtOnce:  # it holds the data, which would be taken apart after it
        sys.stderr.flush()
        os._exit(0)


def _ask(name: str) -> None:
    """Print the table that answers a question, and end the process; do nothing where the question needs more."""
    from her2ld.errors import Her2ldError

    try:
        lines = _answer(name)
    except Her2ldError as error:
        from her2ld.cli.printing import stop

        stop(error.problems)
    if not lines:
        return
    if sys.stdout.isatty():
        lines[0] = f"{_BOLD}{lines[0]}{_PLAIN}"
    try:
        sys.stdout.write("\n".join((*lines, "")))
        sys.stdout.flush()
    except OSError as error:
        from her2ld.cli import end_without_output

        end_without_output(error)
    os._exit(0)  # all is written, and taking the data apart would take a tenth of the time


def _answer(name: str) -> list[str]:
    """Return the lines of an answer; none where there is no such question, or it needs more.

    It needs more where its answer is a graph, and where it asks of another endpoint, of other data, or of what follows.
    """
    from her2ld.assets import QUERIES
    from her2ld.query.catalogue import read_question

    file = QUERIES / f"{name}.rq"
    if not file.is_file():
        return []
    question = read_question(file)
    if question.gives_graph or question.services or question.excerpts or question.needs_inference:
        return []
    from her2ld.query.answers import WIDTH_OF_NO_TERMINAL, ask, table_lines
    from her2ld.query.lookups import lookups
    from her2ld.query.prepared import ontology_prefixes, shipped_data

    data = shipped_data(lookups(question.query))
    answer = ask(data.store(), question.query, name=name)
    width = os.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_OF_NO_TERMINAL
    return table_lines(answer.table(), data.labels_of(answer.things()), ontology_prefixes() | question.prefixes, width)


if __name__ == "__main__":
    run()
