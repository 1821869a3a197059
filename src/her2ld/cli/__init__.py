"""The command ``her2ld``: one function a verb, and the only layer that prints or exits."""

import contextlib
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

_COULD_NOT_RUN, _KILLED_BY_SIGPIPE = 2, 128 + 13

_VERBS = {
    "claims": "claims_verb",
    "context": "export_verb",
    "docs": "docs_verb",
    "export": "export_verb",
    "load": "load_verb",
    "mappings": "mappings_verb",
    "mentions": "mentions_verb",
    "paper": "paper_verb",
    "query": "query_verb",
    "reason": "reason_verb",
    "serve": "serve_verb",
    "term": "term_verb",
    "validate": "validate_verb",
}


class _Verbs(click.Group):
    """A group that imports a verb when it is called: a question is answered before all would be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click asks for it
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _VERBS:
            return None
        command: click.Command = getattr(import_module(f"her2ld.cli.{_VERBS[cmd_name]}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a verb, before click takes a reader that has gone away for a finding."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _end_without_output(_KILLED_BY_SIGPIPE)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as click has it
        """Run as a program, which ends with what it could not write."""
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            _end_without_output(_KILLED_BY_SIGPIPE)
        except OSError as error:
            click.echo(f"standard output\n  cannot be written ({error.strerror})\n  remedy: make room", err=True)
            _end_without_output(_COULD_NOT_RUN)


def _end_without_output(status: int) -> NoReturn:
    """End, leaving what is still in the buffer: it cannot be written either."""
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
