"""The arrows and budgets of the design, read from the source itself."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "assistant", "evals", "page", "serving", "commands", "benchmarks")
TOP = ("app", "cli")

#: What a package may import of the project: corpus <- ingest <- assistant <- evals, and the front ends on top.
ALLOWED = {
    "ingest": {"ingest"},
    "assistant": {"assistant", "ingest"},
    "evals": {"evals", "assistant", "ingest"},
    "page": {"page", "assistant", "ingest"},
    "serving": {"serving", "assistant", "ingest"},
    "commands": {"commands", "assistant", "ingest", "evals", "serving", "app"},
    "app": {"assistant", "ingest", "page", "serving", "commands", "cli"},
    "cli": {"commands", "assistant", "ingest", "evals", "app"},
    "benchmarks": {"benchmarks", "evals", "assistant", "ingest", "commands", "cli"},
}
#: Files that anybody in their package may import; the others are verbs, and verbs do not import each other.
LEAVES = {
    "ingest": {"records", "errors", "settings", "words", "sentences", "shorthand", "typography", "report"},
    "assistant": {"records", "errors", "settings", "audience", "carry", "compare", "excerpt", "fuse"}
    | {"mask", "measure", "planted", "prefer", "refer", "select", "trade", "weigh"},
    "evals": {"records", "errors", "lines", "statistics", "marks", "perturb"},
}
#: The files that put verbs together: into a build, and over a published one.
JOINTS = {
    "ingest.pipeline",
    "ingest.reading",
    "ingest.embedding",
    "ingest.build",
    "ingest.listing",
    "ingest.doctor",
    "ingest.editorial.check",
    "assistant.ask",
    "assistant.chain",
    "assistant.parts",
    "assistant.caring",
    "assistant.reword",
    "assistant.shelf",
    "assistant.trace",
    "evals.pipeline",
    "evals.calibrate",
    "evals.leaning",
    "evals.mutate.measure",
    "evals.pytest_plugin",
    "evals.report.curves",
    "evals.public.retrieval",
    "evals.public.selection",
    "evals.public.abstention",
    "evals.public.followup",
    "evals.public.injection",
    "evals.public.memory",
    "evals.public.grounding",
    "evals.public.perturbation",
}
#: One home for each outside library.
HOMES = {
    "gradio": {"app", "page.blocks", "page.tabs.library", "page.tabs.mentor_map", "page.tabs.report"},
    "fastapi": {
        "app",
        *(f"serving.{part}" for part in ("api", "asking", "completions", "problems", "rating", "reading", "schema")),
    },
    "prometheus_client": {"serving.metrics"},
    "mcp": {"serving.tools"},
    "uvicorn": {"app"},
    "chromadb": {"ingest.store"},
    "httpx": {"evals.subjects.http", "ingest.store"},
    "langchain": {"assistant.generate.model"},
    "onnxruntime": {"ingest.embed.graph", "ingest.embed.reference"},
    "sentence_transformers": {"ingest.embed.reference", "assistant.rerank", "assistant.verify.nli"},
    "torch": {"ingest.embed.reference"},
    "transformers": {"ingest.embed.reference"},
    "bm25s": {"ingest.lexical", "evals.public.retrieval"},
    "rapidfuzz": {"assistant.spell"},
    "sentencex": {"ingest.sentences"},
    "Stemmer": {"ingest.words"},
    "markdown_it": {"ingest.sources.markdown"},
    "pypdf": {
        "ingest.sources.pdf.file",
        "ingest.sources.pdf.drawing",
        "ingest.sources.pdf.fonts",
        "ingest.sources.pdf.operators",
    },
    "docx": {
        "ingest.sources.word",
        *(f"ingest.sources.word.{part}" for part in ("package", "styles", "tables", "text")),
        "page.tabs.sheet_docx",
    },
    "trafilatura": {"ingest.sources.web", "ingest.sources.web.article"},
    # what both of them are built on, and raise
    "lxml": {"ingest.sources.web", "ingest.sources.word.package"},
    "yaml": {"ingest.sources.front_matter"},
    "jinja2": {"evals.report.html"},
    "jsonschema": {"evals.cases"},
    "scipy": {"evals.statistics", "evals.score.selective"},
    "sklearn": {
        "evals.calibrate",
        "evals.leaning",
        "evals.public.followup",
        "evals.public.fit_safety",
        "evals.public.grounding",
    },
    "typer": {
        "cli",
        "commands.plain",
        "commands.evaluating",
        "commands.ingesting",
        "commands.measuring",
        "commands.mutating",
        "commands.serving",
        "commands.tasks",
        "commands.trusting",
    },
    "sqlite3": {"ingest.passages", "ingest.passages.writer", "ingest.passages.cache", "serving.feedback"},
}
#: Where the house style allows a broad ``except``.
BOUNDARIES = {"page.blocks", "evals.run"}

MOST_LINES, MOST_BODY, MOST_NESTING, MOST_PARAMETERS, MOST_POSITIONAL = 400, 50, 4, 5, 2


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name.split(".")[0]

    @property
    def verb(self) -> str:
        """The part of the package that it belongs to: ``sources`` for ``ingest.sources.markdown``."""
        return ".".join(self.name.split(".")[:2])


@cache
def modules() -> tuple[Module, ...]:
    paths = [ROOT / f"{name}.py" for name in TOP]
    paths += [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple(Module(_name(path), path, ast.parse(path.read_text("utf-8"))) for path in paths)


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: Module, *, at_top: bool = False) -> Iterator[str]:
    nodes = module.tree.body if at_top else list(ast.walk(module.tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def project_modules(module: Module, *, at_top: bool = False) -> set[str]:
    """Names of the project's modules that a module imports."""
    known = {entry.name for entry in modules()}
    found = set()
    for name in imports(module, at_top=at_top):
        target = name if name in known else name.rpartition(".")[0]
        if target in known and target != module.name:
            found.add(target)
    return found


def functions() -> Iterator[tuple[Module, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def nesting(node: ast.AST, depth: int = 0) -> int:
    blocks = ast.For | ast.AsyncFor | ast.While | ast.If | ast.With | ast.AsyncWith | ast.Try | ast.Match
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        # an elif is an If in the else of an If, and no deeper to read
        is_elif = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        deepest = max(deepest, nesting(child, depth + (isinstance(child, blocks) and not is_elif)))
    return deepest


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0


def positional(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return [name for name in names if name not in ("self", "cls")]


def test_the_arrows_point_one_way() -> None:
    wrong = [
        f"{module.name} imports {target}"
        for module in modules()
        for target in project_modules(module)
        if target.split(".")[0] not in ALLOWED[module.package]
    ]
    assert wrong == []


def test_verbs_do_not_import_each_other() -> None:
    wrong = []
    for module in modules():
        if module.package not in LEAVES or module.name in JOINTS:
            continue
        for target in project_modules(module):
            package, _, rest = target.partition(".")
            verb = ".".join(target.split(".")[:2])
            if package == module.package and verb != module.verb and rest.split(".")[0] not in LEAVES[package]:
                wrong.append(f"{module.name} imports {target}")
    assert sorted(wrong) == sorted(KNOWN_CROSSINGS)


#: Nouns that a verb file owns and another needs: the type of a vector, and what was found in a folder.
KNOWN_CROSSINGS = [
    "ingest.passages imports ingest.embed",
    "ingest.passages.cache imports ingest.embed",
    "ingest.passages.writer imports ingest.embed",
    "ingest.plan imports ingest.sources.files",
    "ingest.store imports ingest.embed",
]


def test_there_is_no_import_cycle() -> None:
    graph = {module.name: project_modules(module, at_top=True) for module in modules()}
    # a package's own __init__ and its parts are one room
    finished: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name in finished:
            return
        for target in graph[name]:
            visit(target, (*path, name))
        finished.add(name)

    for name in graph:
        visit(name, ())


def test_each_outside_library_has_one_home() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules()
        for name in imports(module)
        if name.split(".")[0] in HOMES
        and module.name not in HOMES[name.split(".")[0]]
        and module.package != "benchmarks"
    ]
    assert wrong == []


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    rooms = [module for module in modules() if module.package in ("cli", "commands")]
    top = {name.split(".")[0] for module in rooms for name in imports(module, at_top=True)}
    outside = {name for name in top if name not in sys.stdlib_module_names}
    assert outside == {"typer", "commands"}


def test_files_are_short() -> None:
    long = {m.name: n for m in modules() if (n := len(m.path.read_text("utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_functions_are_short() -> None:
    long = {f"{m.name}.{f.name}": n for m, f in functions() if (n := body_lines(f)) > MOST_BODY}
    assert long == {}


def test_functions_nest_little() -> None:
    deep = {f"{m.name}.{f.name}": n for m, f in functions() if (n := nesting(f)) > MOST_NESTING}
    assert deep == {}


def test_functions_take_few_parameters() -> None:
    many = {
        f"{m.name}.{f.name}": n
        for m, f in functions()
        if (n := len(positional(f)) + len(f.args.kwonlyargs)) > MOST_PARAMETERS and not _is_command(m, f)
    }
    assert many == {}


def test_public_functions_take_two_positional_parameters_at_most() -> None:
    many = [
        f"{m.name}.{f.name}({', '.join(positional(f))})"
        for m, f in functions()
        if not f.name.startswith("_")
        and len(positional(f)) > MOST_POSITIONAL
        and not _is_command(m, f)
        and not _is_nested(m, f)
    ]
    assert many == []


def test_every_public_name_is_documented() -> None:
    bare = [
        f"{module.name}.{node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and not _is_nested(module, node)
    ]
    assert bare == []


def test_every_module_says_what_it_is_for() -> None:
    assert [module.name for module in modules() if not ast.get_docstring(module.tree)] == []


def test_a_broad_except_stands_at_the_boundaries_only() -> None:
    found = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }
    assert found == BOUNDARIES


def test_the_environment_is_read_in_one_place() -> None:
    reads = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and not _is_set_default(module, node)
        if module.package != "benchmarks"
    }
    assert reads == {"assistant.settings"}


@pytest.mark.parametrize("word", ["chunk", "embedder", "searcher", "utils", "helpers", "manager"])
def test_words_that_the_design_does_not_use_are_not_used(word: str) -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and word in node.name.casefold()
    ]
    assert found + [module.name for module in modules() if word in module.name] == []


def _is_command(module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A command's parameters are flags, so there may be many; each says how the command line fills it."""
    annotations = [ast.unparse(a.annotation) for a in node.args.args if a.annotation]
    return module.package in ("cli", "commands") and all("typer." in a or a.endswith("Option") for a in annotations)


def _is_nested(module: Module, node: ast.AST) -> bool:
    inside = [
        f for f in ast.walk(module.tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) and f is not node
    ]
    return any(node is child for f in inside for child in ast.walk(f))


def _is_set_default(module: Module, node: ast.Attribute) -> bool:
    parents = {child: parent for parent in ast.walk(module.tree) for child in ast.iter_child_nodes(parent)}
    parent = parents.get(node)
    return isinstance(parent, ast.Attribute) and parent.attr == "setdefault"
