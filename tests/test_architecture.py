"""Imports point one way, the engine stands on the standard library alone, and no file outgrows its concept."""

import ast
from collections.abc import Iterator
from pathlib import Path
import subprocess
import sys

import pytest

PACKAGE = Path(__file__).parents[1] / "custom_components" / "backstride"
CEILING = 300
"""Lines a file may have; a longer one holds two concepts."""

MAY_IMPORT: dict[str, set[str]] = {
    "engine": {"engine"},
    "library": {"library", "engine"},
    "machine": {"machine", "engine", "const"},
    "output": {"output", "engine", "const"},
}
"""Room -> rooms and modules of ours that it may import. Flat modules are checked by the rules below the table."""
NEVER_IN_ENGINE = {
    "asyncio",
    "datetime.now",
    "logging",
    "os",
    "pathlib",
    "random",
    "socket",
    "time",
    "threading",
    "io",
}
ASKS_THE_CLOCK = {"now", "utcnow", "today", "time", "monotonic"}
NO_SUCH_MODULE = {"utils", "helpers", "common", "models"}
READS_STATES_ONLY = {"trigger", "condition", "entity_filter"}

FILES = sorted(PACKAGE.rglob("*.py"))
ENGINE = sorted((PACKAGE / "engine").glob("*.py"))
EACH = pytest.mark.parametrize(
    "path", [pytest.param(path, id=str(path.relative_to(PACKAGE))) for path in FILES]
)
EACH_OF_ENGINE = pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in ENGINE])


def _imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Give what a file imports: dotted names as tuples, ours beginning with an empty part."""
    package = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(name.name.split(".")) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = tuple(node.module.split(".")) if node.module else ()
            if not node.level:
                yield module
            else:
                base = ("", *package[: len(package) - node.level + 1], *module)
                # `from . import turns` names modules; `from .turns import TURN` names what is in one.
                yield from [base] if module else [(*base, name.name) for name in node.names]


def _own(path: Path) -> set[str]:
    """Give the rooms or flat modules of ours that a file imports."""
    names: set[str] = set()
    for parts in _imports(path):
        if parts[0] == "":
            names.add(parts[1] if len(parts) > 1 else "__init__")
        elif parts[:2] == ("custom_components", "backstride"):
            names.add(parts[2] if len(parts) > 2 else "__init__")
    return names


@EACH
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    own = _own(path)
    assert "__init__" not in own, "nobody imports the package itself"
    if len(parts) > 1 and parts[0] in MAY_IMPORT:
        assert own <= MAY_IMPORT[parts[0]]
    elif path.stem in READS_STATES_ONLY:
        assert "coordinator" not in own


@EACH_OF_ENGINE
def test_the_engine_imports_the_standard_library_and_itself(path: Path) -> None:
    foreign = {parts[0] for parts in _imports(path) if parts[0]}
    assert foreign <= sys.stdlib_module_names
    assert not foreign & NEVER_IN_ENGINE


@EACH_OF_ENGINE
def test_the_engine_never_asks_for_the_time_and_never_prints(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in ASKS_THE_CLOCK
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "open", "input"}


def test_the_imports_of_the_engine_have_no_cycle() -> None:
    graph = {
        path.stem: {parts[2] for parts in _imports(path) if parts[:2] == ("", "engine") and len(parts) > 2}
        for path in ENGINE
    }
    assert graph["session"], "the walk sees relative imports"
    while graph:
        leaves = {name for name, needs in graph.items() if not needs & graph.keys()}
        assert leaves, f"a cycle among {sorted(graph)}"
        graph = {name: needs for name, needs in graph.items() if name not in leaves}


LOAD = """
import importlib, importlib.util, pathlib, sys
folder = pathlib.Path(sys.argv[1])
spec = importlib.util.spec_from_file_location("engine", folder / "__init__.py", submodule_search_locations=[str(folder)])
engine = importlib.util.module_from_spec(spec)
sys.modules["engine"] = engine
spec.loader.exec_module(engine)
names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
for name in names:
    importlib.import_module(f"engine.{name}")
from datetime import UTC, datetime
workout = sys.modules["engine.workout"].parse("6x(2m back @2.4, 30s turn, 1m fwd @4)")
step = sys.modules["engine.session"].start(workout, datetime(2026, 3, 1, 7, tzinfo=UTC))
print(len(names), step.session.state, any("site-packages" in path for path in sys.path))
"""


def test_the_engine_loads_without_home_assistant_or_any_package() -> None:
    command = [sys.executable, "-I", "-S", "-W", "error", "-c", LOAD, str(PACKAGE / "engine")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    assert done.stderr == ""
    assert done.stdout.split() == [str(len(ENGINE) - 1), "lead_in", "False"]


@EACH
def test_no_file_is_longer_than_one_concept(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= CEILING


@EACH
def test_no_module_is_named_after_nothing(path: Path) -> None:
    assert path.stem not in NO_SUCH_MODULE
