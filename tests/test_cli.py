"""The commands as a person runs them: real processes, what they print and how they exit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import AssistantSettings
from ingest.settings import IngestSettings
from tests.fakes import write_corpus

ROOT = Path(__file__).parent.parent
KEYS = {
    "version",
    "question",
    "query",
    "outcome",
    "text",
    "claims",
    "citations",
    "removed",
    "related",
    "score",
    "confidence",
}
KEYS |= {"timings_ms", "settings"}


def curbside(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without the variables of this one."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "cli", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=False,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


@pytest.fixture(scope="module")
def index(shipped_settings: AssistantSettings) -> str:
    return str(shipped_settings.ingest.index)


def test_help_imports_neither_torch_nor_chroma_nor_gradio() -> None:
    script = "import sys, cli\ntry: cli.app(['--help'])\nexcept SystemExit: print(sorted(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "ingest" in shown
    loaded = shown.splitlines()[-1]
    assert not any(f"'{name}'" in loaded for name in ("torch", "chromadb", "gradio", "langchain_core", "numpy"))


def test_asking_imports_no_torch(index: str) -> None:
    arguments = ["ask", "what is tail coverage", "--index", index]
    script = f"import sys, cli\ntry: cli.app({arguments!r})\nexcept SystemExit: print(sorted(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "'torch'" not in shown.splitlines()[-1]


def test_an_answer_comes_with_its_sources(index: str) -> None:
    done = curbside("ask", "what should I ask about buy-in terms", "--index", index)
    assert done.returncode == 0
    answer, _, sources = done.stdout.partition("\nSources\n")
    assert "[1]" in answer
    assert "Partnership track and buy-in terms › Questions to ask about buy-in terms" in sources
    assert "reviewed 2026-" in sources
    assert "[1] “" in sources


def test_the_json_record_has_its_documented_shape(index: str) -> None:
    record = json.loads(curbside("ask", "what should I ask about buy-in terms", "--json", "--index", index).stdout)
    assert set(record) == KEYS
    assert record["outcome"] == "answered"
    for claim in record["claims"]:
        assert set(claim) == {"text", "citations", "verdict"}
        assert claim["verdict"] == "supported"
    for citation in record["citations"]:
        assert citation["passage"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_file_of_cases_gives_a_record_a_line(index: str, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    lines = [{"id": "a", "turns": ["what is tail coverage", "how much does it cost?"]}, {"id": "b", "turns": [" "]}]
    cases.write_text("\n".join(json.dumps(line) for line in lines))
    records = [
        json.loads(line) for line in curbside("ask", "--jsonl", str(cases), "--index", index).stdout.splitlines()
    ]
    assert [record["id"] for record in records] == ["a", "b"]
    assert "tail" in records[0]["query"]
    assert "no question" in records[1]["error"]


def test_a_broken_case_names_file_and_line(index: str, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text('{"id": "a", "turns": ["what is a mentor"]}\n{"id": "b"}\n')
    done = curbside("ask", "--jsonl", str(tmp_path / "cases.jsonl"), "--index", index)
    assert done.returncode == 2
    assert "cases.jsonl:2" in done.stderr


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "no question"),
        ("x" * 10_000, "10,000 characters"),
        ("\x00\x07", "no question"),
        ("🙂", "no word"),
        ("導師是什麼意思", "English"),
    ],
)
def test_bad_input_gets_a_plain_sentence(index: str, question: str, said: str) -> None:
    done = curbside("ask", question.replace("\x00", "\x01"), "--index", index)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_index_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    done = curbside("ask", "what is a mentor", "--index", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.strip() == f"curbside: {tmp_path}: no index here yet; run curbside ingest (or make run) first"


def test_a_broken_corpus_file_is_one_line_and_exit_code_2(tiny_settings: IngestSettings, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"bad.md": "---\ntitle: never closed\n\ntext"})
    done = curbside("ingest", str(corpus), "--index", str(tmp_path / "index"), CURBSIDE_ENCODER=tiny_settings.model)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "bad.md:1: front matter is opened by --- and never closed" in done.stderr


def test_a_folder_of_ones_own_is_ingested_and_asked(tiny_settings: IngestSettings, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "handbook")
    (corpus / "notes.txt").write_text("Handbook\n\nResidents meet their mentor in the first week of July.\n")
    (corpus / "README.md").write_text("not a document")
    options = {"CURBSIDE_ENCODER": tiny_settings.model}
    done = curbside("ingest", str(corpus), "--index", str(tmp_path / "index"), **options)
    assert done.returncode == 0, done.stderr
    assert "3 documents" in done.stdout
    again = curbside("ingest", str(corpus), "--index", str(tmp_path / "index"), **options)
    assert "is up to date" in again.stdout
    asked = curbside("ask", "how often to meet a mentor", "--json", "--index", str(tmp_path / "index"), **options)
    record: dict[str, Any] = json.loads(asked.stdout)
    assert {citation["library"] for citation in record["citations"]} <= {"handbook"}


def test_a_setting_that_is_no_number_is_named(index: str) -> None:
    done = curbside("ask", "what is a mentor", "--index", index, CURBSIDE_THREADS="many")
    assert done.returncode == 2
    assert "CURBSIDE_THREADS=many" in done.stderr
