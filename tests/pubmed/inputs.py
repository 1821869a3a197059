"""The records that tests read: few in the repository, many where a folder of them is at hand."""

import gzip
import io
import os
from pathlib import Path
from typing import BinaryIO

HERE = Path(__file__).parent
REAL = HERE.parent / "records" / "pubmed.xml"
MADE_UP = (HERE / "made_up_articles.xml", HERE / "made_up_documents.xml")
SMALL = (REAL, *MADE_UP)
FOLDER = "HER2LD_PUBMED_RECORDS"


def more() -> list[Path]:
    """Return the XML files of the folder that the environment names, or of ``pubmed-records`` beside the checkout."""
    folder = Path(os.environ.get(FOLDER) or HERE.parents[2] / "pubmed-records")
    return sorted([*folder.rglob("*.xml"), *folder.rglob("*.xml.gz")])


def opened(path: Path) -> BinaryIO:
    """Open a file, plain or gzip."""
    return io.BufferedReader(gzip.open(path)) if path.suffix == ".gz" else path.open("rb")
