"""The rules of the house: layers, and who owns a name."""

import ast
import graphlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import her2ld
from her2ld import Vocabulary
from her2ld.statements.statement import FIELDS, LINKS, WORDS
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import name_key, read_domain

SOURCE = Path(her2ld.__file__).parent

# A module imports only from lines below its own; modules on one line do not know each other (docs/design.md).
LAYERS = [
    {"cli"},
    {"desk", "loading", "serving", "site"},
    {"pages"},
    {"exports", "mappings", "query", "reasoning", "validation"},
    {"dataset"},
    {"curation", "mentions"},
    {"iris"},
    {"statements"},
    {"pubmed"},
    {"vocabulary"},
    {"files", "limits", "rdf", "sharing", "texts"},
    {"errors", "assets", "remembered"},
]
LEVELS = {module: level for level, modules in enumerate(LAYERS) for module in modules}


def modules() -> dict[Path, str]:
    """Return each source file with the layer it belongs to; the package's front page and its door are above all."""
    front = {"__init__.py", "__main__.py"}
    return {
        path: relative.parts[0].removesuffix(".py")
        for path in SOURCE.rglob("*.py")
        if (relative := path.relative_to(SOURCE)).as_posix() not in front
    }


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return the nodes of the syntax tree of a source file, which many rules look at."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    """Forget the trees after the tests of this file: they are large."""
    yield
    nodes_of.cache_clear()


def imported_layers(path: Path) -> set[str]:
    names = [
        name
        for node in nodes_of(path)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    from_front = [
        alias.name
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and node.module == "her2ld"
        for alias in node.names
    ]
    return {name.split(".")[1] for name in names if name.startswith("her2ld.")} | set(from_front)


def test_every_module_has_a_layer() -> None:
    assert set(modules().values()) == set(LEVELS)


def test_modules_import_only_from_lower_layers() -> None:
    wrong = {
        f"{path.relative_to(SOURCE)} imports {other}"
        for path, layer in modules().items()
        for other in imported_layers(path)
        if other != layer and LEVELS[other] <= LEVELS[layer]
    }
    assert wrong == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {path: ".".join(("her2ld", *path.relative_to(SOURCE).with_suffix("").parts)) for path in modules()}
    known = {name.removesuffix(".__init__") for name in names.values()}
    imports: dict[str, set[str]] = {}
    for path, name in names.items():
        # What is imported within a function, or for its types alone, is there when it is needed.
        nodes = ast.parse(path.read_text(encoding="utf-8")).body
        named = {
            dotted
            for node in nodes
            if isinstance(node, ast.ImportFrom) and node.module
            for dotted in (node.module, *(f"{node.module}.{each.name}" for each in node.names))
        }
        own = name.removesuffix(".__init__")
        # A package is imported before each of its modules: what it imports then is not there yet.
        imports[own] = (named & known) - {own, own.rpartition(".")[0]}
    graphlib.TopologicalSorter(imports).prepare()


def test_only_the_command_line_prints_or_exits() -> None:
    forbidden = {"print", "exit", "sys.exit", "sys.stdout", "sys.stderr", "click"}
    used = {
        (path.name, ast.unparse(node))
        for path, layer in modules().items()
        if layer != "cli"
        for node in nodes_of(path)
        if isinstance(node, (ast.Name, ast.Attribute)) and _beginnings(ast.unparse(node)) & forbidden
    }
    assert used == set()


def _beginnings(name: str) -> set[str]:
    """Return a dotted name and what it begins with: of sys.stdout.write that is sys, sys.stdout and the whole."""
    parts = name.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts) + 1)}


def test_what_is_printed_goes_through_one_place() -> None:
    """There control characters of data are made visible."""
    printing = re.compile(r"\bclick\.(?:echo|secho|style)\b|^ *print\(", re.MULTILINE)
    found = {path.name for path in modules() if printing.search(path.read_text(encoding="utf-8"))}
    assert found == {"printing.py"}


def test_python_names_no_term_of_the_domain(vocabulary: Vocabulary) -> None:
    """The ontology owns every name: no label, synonym or local name of the domain is a string in the source."""
    models = (*vars(model).values(), *vars(statement_model).values())
    of_the_model = {value.value for value in models if isinstance(value, NamedNode)}
    biology = {quad.subject for quad in read_domain(vocabulary).quads}
    domain = [term for iri, term in vocabulary.terms.items() if iri.value.startswith(model.HER2LD) and iri in biology]
    general = {quad.subject for quad in vocabulary.quads if quad.predicate == model.IS_GENERAL_WORD}
    # A general word of papers may be one of a program, too, and so may that of a property.
    things = {standard.OWL_INDIVIDUAL, standard.OWL_CLASS}
    domain = [
        term
        for term in domain
        if term.iri.value not in of_the_model and term.iri not in general and things & term.types
    ]
    assert len(domain) > 80
    owned = {name_key(name) for term in domain for name in (term.label, *term.synonyms)}
    owned |= {term.iri.value.removeprefix(model.HER2LD).casefold() for term in domain}
    # The name of the files that are written.
    owned -= {"her2"}
    strings = {(path.name, text) for path in modules() for text in strings_in(path)}
    assert {(file, text) for file, text in strings if name_key(text) in owned} == set()
    assert {(file, text) for file, text in strings if "her2:" in text} == set()


def strings_in(path: Path) -> set[str]:
    """Return the strings of a source file, but for its docstrings."""
    said = {
        node.body[0].value
        for node in nodes_of(path)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said
    }


def test_the_terms_of_the_models_are_named_in_two_modules_and_defined_in_the_ontology(vocabulary: Vocabulary) -> None:
    models = (*vars(model).values(), *vars(statement_model).values())
    named = {value for value in models if isinstance(value, NamedNode)} - set(model.GRAPHS)
    assert len(named) > 40
    assert named <= set(vocabulary.terms)
    written = [
        path.name
        for path in modules()
        if "w3id.org/her2ld" in re.sub(r'""".*?"""', "", path.read_text(), flags=re.DOTALL)
    ]
    assert written == ["model.py"]


def test_what_is_visible_is_what_is_promised() -> None:
    assert dir(her2ld) == sorted(her2ld.__all__)
    assert all(getattr(her2ld, name).__module__.startswith("her2ld.") for name in her2ld.__all__)
    assert {name for name in vars(her2ld) if not name.startswith("_")} <= set(LEVELS)


def test_files_can_be_read_in_one_sitting() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text().splitlines()) for path in SOURCE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


# What is not yet as it should be. A list only shrinks: what is mended must leave it, and nothing is added.

FILE_NAMES_TWICE: set[str] = set()
CLASS_NAMES_TWICE: set[str] = set()  # fmt: skip
SHORT_FILES = {"remembered.py"}
# Who else names a property of a statement: to ask a statement, which is a value, for what it says by that property.
ASKED_OF_VALUES = {
    "exports/kgx.py",
    "exports/nanopublications.py",
    "pages/home.py",
    "pages/knowledge.py",
    "pages/marked_texts.py",
    "pages/stances.py",
    "pages/statement_pages.py",
    "pages/things.py",
    "reasoning/inference.py",
}


def twice(names: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def test_a_file_is_named_once() -> None:
    assert twice(path.name for path in modules() if path.name != "__init__.py") == FILE_NAMES_TWICE


def test_a_class_is_named_once() -> None:
    classes = (node.name for path in modules() for node in nodes_of(path) if isinstance(node, ast.ClassDef))
    assert twice(classes) == CLASS_NAMES_TWICE


def test_a_file_has_a_topic_and_not_a_part_of_one() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    short = {path for path, length in lengths.items() if length < 40 and path.name != "__init__.py"}
    assert {path.relative_to(SOURCE).as_posix() for path in short} == SHORT_FILES


def attributes_in(path: Path, *owners: str) -> set[str]:
    """Return the names that follow a dot in a file; with owners, only those that follow one of these names."""
    return {
        node.attr
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and (not owners or ast.unparse(node.value) in owners)
    }


def test_only_one_file_touches_the_properties_of_statement_nodes() -> None:
    """They are written and read in dataset/statements.py; curation makes values of them, statements/ compares these."""
    homes = {"dataset/statements.py", "iris.py"}
    names = {value: name for name, value in vars(statement_model).items() if isinstance(value, NamedNode)}
    of_statements = {names[each] for each in (*LINKS, *WORDS, *(field.property for field in FIELDS))}
    assert len(of_statements) > 15
    uses = {
        relative: attributes_in(path, "model", "statement_model") & of_statements
        for path, layer in modules().items()
        if (relative := path.relative_to(SOURCE).as_posix()) not in homes and layer not in {"curation", "statements"}
    }
    assert {file for file, names in uses.items() if names} == ASKED_OF_VALUES


def test_only_one_file_decides_by_link_and_certainty() -> None:
    """Elsewhere a link or a certainty is written, read or shown, and never compared with."""
    decides = {
        path.relative_to(SOURCE).as_posix()
        for path, layer in modules().items()
        if layer != "curation"
        for node in nodes_of(path)
        if isinstance(node, ast.Compare)
        and {ast.unparse(each).rpartition(".")[2] for each in (node.left, *node.comparators)}
        & {"AFFIRMS", "DENIES", "FINDS_NO", "CERTAIN"}
    }
    assert decides == {"statements/plain.py"}


def test_iris_of_ours_are_made_in_one_file() -> None:
    """Elsewhere the namespace is only compared with, or joined into a text that is no IRI of a thing in the data."""
    made = {
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        for node in nodes_of(path)
        if "model.HER2LD" in map(ast.unparse, joined_by(node))
    }
    assert made - {"iris.py"} == {
        "query/examples.py",  # the questions are no data
        "site/site_addresses.py",  # a comment
        "validation/shapes.py",  # the shapes are no data
    }


def joined_by(node: ast.AST) -> list[ast.expr]:
    """Return what an expression joins into a text."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.JoinedStr(values=values):
            return [each.value for each in values if isinstance(each, ast.FormattedValue)]
    return []


def test_statements_are_values_without_quads() -> None:
    imported = {
        alias.name
        for path in (SOURCE / "statements").glob("*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and node.module == "pyoxigraph"
        for alias in node.names
    }
    assert imported == {"Literal", "NamedNode"}


def test_only_files_renames_and_waits_for_the_disk() -> None:
    """Who replaces a file or a folder whole does it with her2ld.files."""
    calls = [
        (layer, path.relative_to(SOURCE).as_posix(), node.func.attr)
        for path, layer in modules().items()
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in {"rename", "renames", "fsync", "mkdtemp", "mkstemp"}
            or (node.func.attr == "replace" and len(node.args) == 1 and not node.keywords)
        )
    ]
    assert {attribute for layer, _, attribute in calls if layer == "files"} == {"rename", "replace", "fsync"}
    assert {call for call in calls if call[0] != "files"} == set()
