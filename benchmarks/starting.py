"""What it takes to start: the import beside that of rdflib, and the help beside that of an empty program of click.

    python benchmarks/starting.py [RUNS]

Seconds of user CPU of whole processes, which take turns; what a bare Python takes is taken off the imports.
"""

import resource
import statistics
import subprocess
import sys

EMPTY = "import click\n@click.command()\ndef main(): pass\nmain(['--help'])"
PROGRAMS = {
    "python": ["-c", "pass"],
    "import her2ld": ["-c", "import her2ld"],
    "import rdflib": ["-c", "import rdflib"],
    "her2ld --help": ["-m", "her2ld", "--help"],
    "click --help": ["-c", EMPTY],
}


def seconds(arguments: list[str]) -> float:
    """Run Python with the arguments to its end, and give the user CPU it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main(runs: int) -> None:
    """Print the medians, and the two ratios."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(runs):
        for name, arguments in PROGRAMS.items():
            times[name].append(seconds(arguments))
    median = {name: statistics.median(each) for name, each in times.items()}
    for name, time in median.items():
        print(f"{name:14} {time * 1000:6.1f} ms")
    ours, theirs = (median[f"import {name}"] - median["python"] for name in ("her2ld", "rdflib"))
    print(f"import her2ld takes {max(ours, 0) / theirs:.2f} of import rdflib")
    print(f"her2ld --help takes {median['her2ld --help'] / median['click --help']:.2f} of an empty program of click")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
