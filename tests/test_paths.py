"""Wherever a path is taken in Python, a text will do."""

import shutil
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import assets, curation_folders, find_question, read_curation, read_ontology, read_questions
from her2ld.dataset import read_rdf
from her2ld.dataset.rdf_files import read_excerpt
from her2ld.loading import Sources, check_files, check_folder, load_folder, write_files


def test_what_is_read_is_the_same(review_folder: Path) -> None:
    vocabulary = read_ontology(str(assets.ONTOLOGY))
    assert vocabulary == read_ontology()
    assert curation_folders(str(assets.curation())) == curation_folders()
    assert read_curation(str(review_folder), vocabulary) == read_curation(review_folder, vocabulary)
    assert read_questions(str(assets.QUERIES)) == read_questions()
    assert find_question("approvals", str(assets.QUERIES)) == find_question("approvals")


def test_what_is_loaded_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "x.nt"
    file.write_text('<x:s> <x:p> "a" .\n')
    assert list(read_rdf(str(file))) == [Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("a"))]
    assert read_excerpt(str(file)) == read_excerpt(file)
    sources, store, files = Sources(files=(str(file),)), str(tmp_path / "store"), str(tmp_path / "files")
    assert load_folder(store, sources).verified
    assert check_folder(store, sources).verified
    assert write_files(files, sources).verified
    assert check_files(files, sources).verified
    shutil.copy(file, tmp_path / "y.ttl")
    assert check_folder(store, Sources(files=(str(tmp_path / "y.ttl"),))).verified
