"""Imports go down the floors of the package, and importing it costs next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import agreementkit

PACKAGE = Path(agreementkit.__file__).parent
FLOORS: dict[str, int] = {
    **dict.fromkeys(("diagnostics", "errors", "table", "_resources", "_garbage"), 1),
    **dict.fromkeys(("source", "saving", "cache"), 2),
    "tree": 3,
    **dict.fromkeys(("config", "bank", "reader"), 4),
    "assemble": 5,
    **dict.fromkeys(("passes", "checks"), 6),
    **dict.fromkeys(("writers", "reporting", "keyterms", "duties"), 7),
    **dict.fromkeys(("agreement", "provision", "publish", "batch", "testing", "proof"), 8),
    **dict.fromkeys(("comparing", "explaining", "doctor", "notebook", "authoring", "searching", "upgrading"), 8),
    **dict.fromkeys(("reviewing", "returned", "proposing", "asking", "lock", "provenance", "negotiating"), 8),
    "cli": 9,
    "__main__": 10,
}
SIBLINGS = ("config", "bank", "reader")
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


WORD: dict[str, int] = {
    **dict.fromkeys(("markup", "allocate"), 1),
    "package": 2,
    "styles": 3,
    "values": 4,
    **dict.fromkeys(("text", "house", "revisions"), 5),
    "notes": 6,
    **dict.fromkeys(("body", "options", "verify"), 7),
    "layout": 8,
    "writer": 9,
}
"""Floors inside the Word writer, which is a house of its own."""


def unit_of(module: str) -> str:
    """Return the folder or file at the top of the package that a module belongs to."""
    return module.split("/")[0].removesuffix(".py")


def imports_of(tree: ast.AST, module: str) -> Iterator[tuple[str, int]]:
    """Yield every module of the package that a source imports, with the line."""
    package = ["agreementkit", *module.split("/")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name.startswith("agreementkit"))
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            if name == "agreementkit":
                yield from ((f"agreementkit.{alias.name}", node.lineno) for alias in node.names)
            elif name.startswith("agreementkit."):
                yield name, node.lineno


def at_import(tree: ast.Module) -> ast.Module:
    """Return only what runs when the module is imported: no function bodies, nothing under TYPE_CHECKING."""

    class Strip(ast.NodeTransformer):
        def visit_FunctionDef(self, _: ast.FunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)

    return Strip().visit(tree)  # type: ignore[no-any-return]


def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def targets(module: str, tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the units a module imports from, with the line."""
    for name, line in imports_of(tree, module):
        unit = name.split(".")[1] if "." in name else ""
        if unit in FLOORS:
            yield unit, line


def test_every_unit_has_a_floor() -> None:
    units = {unit_of(module) for module in MODULES} - {"__init__"}
    assert units <= set(FLOORS), "a new unit needs a floor, here and in the architecture"
    assert {"config", "tree", "cli", "passes"} <= units


@pytest.mark.parametrize("module", [m for m in MODULES if m != "__init__.py"])
def test_imports_go_down_only(module: str) -> None:
    own = unit_of(module)
    for unit, line in targets(module, parsed(module)):
        where = f"{module}:{line} imports {unit}"
        assert FLOORS[unit] <= FLOORS[own], f"{where}, which is above it"
        if own in SIBLINGS and unit in SIBLINGS:
            assert unit == own, f"{where}; config, bank and reader are strangers to each other"


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("writers/word/") and m.count("/") > 2])
def test_rooms_of_the_word_writer_import_downwards(module: str) -> None:
    own = module.split("/")[2]
    for name, line in imports_of(parsed(module), module):
        room = name.removeprefix("agreementkit.writers.word.").split(".")[0]
        if name.startswith("agreementkit.writers.word.") and room != own:
            assert WORD[room] < WORD[own], f"{module}:{line} imports {room}, which is not below it"


def test_no_circles_between_units() -> None:
    edges: dict[str, set[str]] = {}
    for module in MODULES:
        own = unit_of(module)
        if own != "__init__":
            edges.setdefault(own, set()).update(u for u, _ in targets(module, at_import(parsed(module))) if u != own)
    assert edges["agreement"] >= {"assemble", "passes"}, "the test does not see the imports"
    done: set[str] = set()
    while left := {unit: below - done for unit, below in edges.items() if unit not in done}:
        free = {unit for unit, below in left.items() if not below}
        assert free, f"imports go in a circle: {left}"
        done |= free


def test_the_package_itself_only_re_exports() -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr, ast.If)
    names = {"__getattr__", "__dir__", "_Package"}
    for node in parsed("__init__.py").body:
        named = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names
        assert isinstance(node, allowed) or named, ast.unparse(node)


def loaded_after(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after a statement."""
    code = f"import sys; {statement}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_library() -> None:
    loaded = loaded_after("import agreementkit")
    assert "agreementkit" in loaded
    assert not loaded & {"docx", "docxtpl", "jinja2", "pydantic", "lxml", "markdown", "yaml", "click", "rich"}


def test_assembling_loads_no_word_library() -> None:
    loaded = loaded_after("import agreementkit as ak; ak.assemble, ak.Bank, ak.Config")
    assert "pydantic" in loaded
    assert not loaded & {"docx", "docxtpl", "jinja2", "lxml", "click", "rich"}


def test_a_build_with_fresh_records_reads_no_clause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTKIT_CACHE", str(tmp_path / "kept"))
    build = f"run(['build', 'examples/minimal.yaml', '-q', '--pages', 'off', '-o', {str(tmp_path)!r}])"
    statement = f"from agreementkit.cli.app import run; {build}"
    assert {"markdown", "docxtpl"} <= loaded_after(statement)
    assert not loaded_after(statement) & {"markdown", "docxtpl", "docx"}


def test_the_command_line_helps_without_loading_the_library() -> None:
    loaded = loaded_after("from agreementkit.cli.app import run; run(['--help'])")
    assert "click" in loaded
    assert not loaded & {"docx", "docxtpl", "jinja2", "pydantic", "lxml"}
