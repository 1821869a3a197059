"""``python -m her2ld`` is the command ``her2ld``."""

from her2ld.cli import main

main(prog_name="her2ld")
