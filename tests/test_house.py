"""The rules of the house: layers, and who owns a name."""

import ast
import re
from pathlib import Path

from pyoxigraph import NamedNode

import her2ld
from her2ld import Vocabulary
from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import name_key

SOURCE = Path(her2ld.__file__).parent

# A module imports only from lines below its own; modules on one line do not know each other (docs/design.md).
LAYERS = [
    {"cli"},
    {"desk", "loading", "serving", "site"},
    {"pages"},
    {"exports", "mappings", "query", "reasoning", "validation"},
    {"graph"},
    {"curation", "mentions"},
    {"pubmed"},
    {"vocabulary"},
    {"limits"},
    {"errors", "assets", "remembered"},
]
LEVELS = {module: level for level, modules in enumerate(LAYERS) for module in modules}


def modules() -> dict[Path, str]:
    """Give each source file with the layer it belongs to; the package's front page and its door are above all."""
    front = {"__init__.py", "__main__.py"}
    return {
        path: relative.parts[0].removesuffix(".py")
        for path in SOURCE.rglob("*.py")
        if (relative := path.relative_to(SOURCE)).as_posix() not in front
    }


def imported_layers(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        name
        for node in ast.walk(tree)
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
        for node in ast.walk(tree)
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


def test_only_the_command_line_prints_or_exits() -> None:
    forbidden = ("print", "exit", "sys.exit", "sys.stdout", "sys.stderr", "click")
    used = {
        (path.name, ast.unparse(node))
        for path, layer in modules().items()
        if layer != "cli"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Name, ast.Attribute)) and ast.unparse(node).startswith(forbidden)
    }
    assert used == set()


def test_python_names_no_term_of_the_domain(vocabulary: Vocabulary) -> None:
    """The ontology owns every name: no label, synonym or local name of the domain is a string in the source."""
    of_the_model = {value.value for value in vars(model).values() if isinstance(value, NamedNode)}
    domain = [term for iri, term in vocabulary.terms.items() if iri.value.startswith(model.HER2LD)]
    domain = [term for term in domain if term.iri.value not in of_the_model]
    assert len(domain) > 80
    owned = {name_key(name) for term in domain for name in (term.label, *term.synonyms)}
    owned |= {term.iri.value.removeprefix(model.HER2LD).casefold() for term in domain}
    # Words that the statement model uses in their own right, and the name of the files that are written.
    owned -= {
        "polarity",
        "modality",
        "statement",
        "sentence",
        "abstract text",
        "title text",
        "affirmed",
        "jurisdiction",
    }
    owned -= {"rank", "order", "settles", "her2"}
    strings = {(path.name, text) for path in modules() for text in strings_in(path)}
    assert {(file, text) for file, text in strings if name_key(text) in owned} == set()
    assert {(file, text) for file, text in strings if "her2:" in text} == set()


def strings_in(path: Path) -> set[str]:
    """Give the strings of a source file, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said
    }


def test_the_terms_of_the_model_are_named_in_one_module_and_defined_in_the_ontology(vocabulary: Vocabulary) -> None:
    named = {value for value in vars(model).values() if isinstance(value, NamedNode)} - set(model.GRAPHS)
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
