"""The command ``her2ld``, with one function for each verb. No other layer prints or exits."""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NoReturn

import click

_COULD_NOT_RUN, _KILLED_BY_SIGPIPE = 2, 128 + 13
# The letters of a word that is compared with an unknown option; shorter ones (no, of) begin too many options.
_WORD = 3

# Each verb with its module and its summary, so that the list of verbs is shown without importing any of them.
_VERBS = {
    "export": ("export_verb", "Write papers, ontology or records of PubMed as RDF."),
    "query": ("query_verb", "Ask a question, or list the questions."),
    "claims": ("claims_verb", "List what papers claim together, and where they disagree."),
    "serve": ("pages_verbs", "Serve pages and a SPARQL endpoint over HTTP."),
    "site": ("pages_verbs", "Write the pages as files, for any web host."),
    "load": ("load_verb", "Load a triple store, and compare every graph."),
    "paper": ("paper_verb", "Begin the curation of a paper."),
    "term": ("term_verb", "Add, change or remove a term of the ontology."),
    "validate": ("validate_verb", "Check quotes, ontology and data."),
    "reason": ("reason_verb", "Infer what follows, and explain why."),
    "mappings": ("mappings_verb", "Look up, compare and prove mappings to other vocabularies."),
    "mentions": ("mentions_verb", "List the terms that records of PubMed mention."),
    "context": ("export_verb", "Write the JSON-LD context."),
}


class EndAtOnce(SystemExit):
    """The end of a program that has written all: the process ends at once, without time to take large data apart."""


class NearestVerb(click.Group):
    """A group that suggests the nearest verb for a verb that it does not have."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is called; end with the nearest verb if there is none of that name."""
        verbs = self.list_commands(ctx)
        if args and args[0] not in verbs and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], verbs, n=1)
            ctx.fail(f"there is no verb {args[0]!r}." + "".join(f" Did you mean {each!r}?" for each in near))
        return super().resolve_command(ctx, args)


class _Verbs(NearestVerb):
    """The group of all verbs. It imports only the verb that is called, so that the answer comes sooner."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click asks for it
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _VERBS:
            return None
        command: click.Command = getattr(import_module(f"her2ld.cli.{_VERBS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs with their summaries."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, line) for verb, (_, line) in _VERBS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options before the verb; name the near options for an unknown one."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(_unknown_option(error), error.ctx) from error

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a verb; print the problems that stop it."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            raise click.UsageError(_unknown_option(error), error.ctx) from error
        except BrokenPipeError as error:
            end_without_output(error)  # click would end with 1, which means findings
        except Exception as error:
            from her2ld.cli.printing import stop
            from her2ld.errors import Her2ldError

            if not isinstance(error, Her2ldError):
                raise
            stop(error.problems)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as click has it
        """Run as a program; report it if standard output cannot be written."""
        try:
            try:
                return super().main(*args, **kwargs)
            except EndAtOnce:
                if kwargs.get("standalone_mode", True):
                    raise
                return None  # a program that calls this function goes on
            finally:
                sys.stdout.flush()
        except OSError as error:
            end_without_output(error)


def _unknown_option(error: click.NoSuchOption) -> str:
    """Return the message for an unknown option, with every option that has a similar name.

    Names are similar if one begins with the other or with a word of it, or if they differ by a few letters.
    """
    from difflib import get_close_matches

    given = error.option_name.lstrip("-")
    context = error.ctx
    options = [option for each in context.command.get_params(context) for option in each.opts] if context else []
    names = {option.lstrip("-"): option for option in options if option.startswith("--")}
    close = get_close_matches(given, names, n=len(names) or 1)
    near = [option for name, option in names.items() if name in close or _is_near(given, name)]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    listed = f" {context.command_path} --help lists the options." if context else ""
    return f"there is no option {error.option_name}.{meant}{listed}"


def end_without_output(error: OSError) -> NoReturn:
    """End the program because standard output cannot be written; print the reason unless the reader has gone away."""
    status = _KILLED_BY_SIGPIPE
    if not isinstance(error, BrokenPipeError):
        from her2ld.cli.printing import echo

        echo(f"standard output\n  cannot be written ({error.strerror})\n  remedy: make room", err=True)
        status = _COULD_NOT_RUN
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _is_near(given: str, name: str) -> bool:
    if len(given) == len(name) == 1:
        return True
    words = [word for word in name.split("-") if len(word) >= _WORD]
    return any(given.startswith(each) or each.startswith(given) for each in (name, *words))


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Switch off Python's search for reference cycles: the work makes none, except for a bounded number in writers.

    Objects that are left are not searched later, either, because the program ends.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="her2ld", message="%(package)s %(version)s")
def main() -> None:
    """Turn what papers say about HER2 into linked data, tied to the exact characters that say it.

    \b
    her2ld export -o her2-linked-data    write the curated papers in all six formats
    her2ld export --to turtle | less     read it
    her2ld query                         list the questions
    her2ld VERB --help                   the options of a verb, with examples
    """
