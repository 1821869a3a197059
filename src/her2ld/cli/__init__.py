"""The command ``her2ld``: one function a verb, and the only layer that prints or exits."""

import click

from her2ld.cli.export_verb import context, export
from her2ld.cli.validate_verb import validate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="her2ld", message="%(package)s %(version)s")
def main() -> None:
    """Turn what papers say about HER2 into linked data, tied to the exact characters that say it.

    \b
    her2ld export -o her2-linked-data    write the curated review in all six formats
    her2ld export --to turtle | less     read it
    her2ld VERB --help                   what a verb does, with an example
    """


for verb in (context, export, validate):
    main.add_command(verb)
