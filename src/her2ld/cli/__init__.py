"""The command ``her2ld``: one function a verb, and the only layer that prints or exits."""

import contextlib
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

_COULD_NOT_RUN, _KILLED_BY_SIGPIPE = 2, 128 + 13

# Each verb with its module and what it does: the list of verbs is shown without importing any.
_VERBS = {
    "export": ("export_verb", "Write papers, ontology or records of PubMed as RDF."),
    "query": ("query_verb", "Ask a question, or list the questions."),
    "claims": ("claims_verb", "List what papers claim together, and where they disagree."),
    "serve": ("serve_verb", "Serve pages and a SPARQL endpoint over HTTP."),
    "site": ("site_verb", "Write the pages as files, for any web host."),
    "load": ("load_verb", "Load a triple store, and compare every graph."),
    "paper": ("paper_verb", "Begin the curation of a paper."),
    "term": ("term_verb", "Add, change or remove a term of the ontology."),
    "validate": ("validate_verb", "Check quotes, ontology and data."),
    "reason": ("reason_verb", "Infer what follows, and explain why."),
    "mappings": ("mappings_verb", "Look up, compare and prove mappings to other vocabularies."),
    "mentions": ("mentions_verb", "List the names of our terms in records of PubMed."),
    "context": ("export_verb", "Write the JSON-LD context."),
}


class NearestVerb(click.Group):
    """A group that names the nearest verb where it has none of that name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that is called, or name the nearest one."""
        verbs = self.list_commands(ctx)
        if args and args[0] not in verbs and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], verbs, n=1)
            ctx.fail(f"there is no verb {args[0]!r}." + "".join(f" Did you mean {each!r}?" for each in near))
        return super().resolve_command(ctx, args)


class _Verbs(NearestVerb):
    """A group that imports a verb when it is called: a question is answered before all would be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click asks for it
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _VERBS:
            return None
        command: click.Command = getattr(import_module(f"her2ld.cli.{_VERBS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs, each with what it does."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, line) for verb, (_, line) in _VERBS.items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a verb, before click takes a reader that has gone away for a finding."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            end_without_output(error)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as click has it
        """Run as a program, which ends with what it could not write."""
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except OSError as error:
            end_without_output(error)


def end_without_output(error: OSError) -> NoReturn:
    """End where standard output cannot be written, leaving what is still in the buffer; say so if somebody reads."""
    status = _KILLED_BY_SIGPIPE
    if not isinstance(error, BrokenPipeError):
        from her2ld.cli.printing import echo

        echo(f"standard output\n  cannot be written ({error.strerror})\n  remedy: make room", err=True)
        status = _COULD_NOT_RUN
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="her2ld", message="%(package)s %(version)s")
def main() -> None:
    """Turn what papers say about HER2 into linked data, tied to the exact characters that say it.

    \b
    her2ld export -o her2-linked-data    write the curated papers in all six formats
    her2ld export --to turtle | less     read it
    her2ld query                         ask it a question
    her2ld VERB --help                   what a verb does, with an example
    """
