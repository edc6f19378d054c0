"""The commands as a person runs them: real processes, what they print and how they exit."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import AssistantSettings
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, write_corpus

ROOT = Path(__file__).parent.parent
KEYS = {
    "version",
    "question",
    "query",
    "outcome",
    "text",
    "claims",
    "citations",
    "care",
    "care_sources",
    "removed",
    "uncovered",
    "related",
    "score",
    "confidence",
}
KEYS |= {"timings_ms", "settings", "model", "notice", "unknown_keys", "sent"}
BAD = "---\ntitle: never closed\n\ntext"


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


def test_help_says_what_stands_where_nothing_is_named() -> None:
    from typer.testing import CliRunner

    import cli

    shown = " ".join(CliRunner().invoke(cli.app, ["ask", "--help"]).output.replace("│", " ").split())
    assert "[default: index/ or CURBSIDE_INDEX]" in shown


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
        assert set(claim) == {"text", "citations", "verdict", "column", "more"}
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


@pytest.fixture
def ready(tiny_settings: IngestSettings, tmp_path: Path) -> IngestSettings:
    """Settings of a copy of the tiny index, which holds the encoder, so that no run has to load torch."""
    shutil.copytree(tiny_settings.index, tmp_path / "index")
    return replace(tiny_settings, index=tmp_path / "index")


def test_where_no_file_can_be_used_each_is_one_line_and_the_exit_code_is_2(
    tiny_settings: IngestSettings, tmp_path: Path
) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"bad.md": BAD, "empty.md": ""})
    done = curbside("ingest", str(corpus), "--index", str(tmp_path / "index"), "-q", **_encoder(tiny_settings))
    assert (done.returncode, done.stdout) == (2, "")
    bad, empty, error = done.stderr.splitlines()
    assert re.match(r"refused: corpus/bad\.md: ?(line )?1: front matter is opened by --- and never closed", bad)
    assert empty == "refused: corpus/empty.md: is empty; fill it or delete it"
    assert error == "curbside: no file could be used"


def test_a_bad_file_beside_good_ones_is_told_and_gives_exit_code_1(ready: IngestSettings, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {**CORPUS, "bad.md": BAD, "photo.jpg": "x"})
    arguments = ["ingest", str(corpus), "--library", "Ours", "--index"]
    shown = curbside(*arguments, str(tmp_path / "none"), "--json", "--dry-run", **_encoder(ready))
    report = json.loads(shown.stdout)
    assert (shown.returncode, shown.stderr, report["build"], report["refused"]) == (1, "", "", 1)
    assert {file["source"]: file["outcome"] for file in report["files"]} == {
        "bad.md": "refused",
        "mentorship/meetings.md": "added",
        "photo.jpg": "skipped",
        "practice/buy-in.md": "added",
    }
    assert not (tmp_path / "none").exists()
    done = curbside(*arguments, str(ready.index), **_encoder(ready))
    assert done.returncode == 1
    assert "refused: Ours/bad.md: " in done.stderr
    assert "skipped: Ours/photo.jpg: is of a format that is not read (.jpg)" in done.stdout
    assert "Ours: 2 added, 1 refused, 1 skipped" in done.stdout
    assert "Index built: 4 documents, 8 passages" in done.stdout


def test_a_quiet_run_that_went_well_says_nothing(ready: IngestSettings, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    done = curbside("ingest", str(corpus), "--index", str(ready.index), "--quiet", **_encoder(ready))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_folder_that_is_not_there_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    done = curbside("ingest", str(tmp_path / "gone"), "--index", str(tmp_path / "index"), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"curbside: .*/gone: no such folder; give a folder with .* files\n", done.stderr)


def test_the_name_of_the_shipped_corpus_is_not_given_to_another(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "Curbside")
    done = curbside("ingest", str(corpus), "--index", str(tmp_path / "index"))
    assert done.returncode == 2
    assert "give another with --library NAME" in done.stderr


@pytest.fixture
def two(ready: IngestSettings, tmp_path: Path) -> IngestSettings:
    """Settings of an index of two libraries of one's own, Test and Ours."""
    call = "---\ntitle: Night call\nreviewed: 2020-01-01\nreview_by: 2021-01-01\n---\n\nA mentor takes call weekly.\n"
    build_index([Library("Ours", write_corpus(tmp_path / "ours", {"call.md": call}))], ready)
    return ready


def test_documents_are_listed_taken_out_and_put_back(two: IngestSettings) -> None:
    def library(*arguments: str) -> subprocess.CompletedProcess[str]:
        return curbside("library", *arguments, "--index", str(two.index), **_encoder(two))

    def listed() -> dict[str, dict[str, Any]]:
        return {entry["id"]: entry for entry in json.loads(library("--json").stdout)}

    table = library().stdout
    assert re.search(r"Ours/call +Night call +call\.md +1 +2020-01-01 +stale", table)
    assert set(listed()) == {"Ours/call", "Test/mentorship/meetings", "Test/practice/buy-in"}
    done = library("remove", "practice/buy-in")
    assert (done.returncode, done.stdout) == (
        0,
        f"practice/buy-in: taken out; 2 documents, 3 passages in {two.index}\n",
    )
    assert listed()["Test/practice/buy-in"]["removed"]
    assert library("restore", "Test/practice/buy-in").returncode == 0
    assert not listed()["Test/practice/buy-in"]["removed"]
    assert library("remove", "Ours").returncode == 0
    assert set(listed()) == {"Test/mentorship/meetings", "Test/practice/buy-in"}
    wrong = library("remove", "Ours")
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (2, 1)
    assert "Ours: no document has this id; curbside library lists them" in wrong.stderr


def test_an_answer_can_be_kept_to_libraries_and_an_unknown_one_is_named(two: IngestSettings) -> None:
    def ask(*only: str) -> subprocess.CompletedProcess[str]:
        options = [part for name in only for part in ("--only", name)]
        arguments = ["ask", "how often does a mentor meet or take call", "--json", "--index", str(two.index)]
        return curbside(*arguments, *options, **_encoder(two))

    for only in (["Ours"], ["Test"], ["Ours", "Test"]):
        record = json.loads(ask(*only).stdout)
        found = {entry["library"] for entry in record["citations"]}
        assert found
        assert found <= set(only)
    unknown = ask("Theirs")
    assert unknown.returncode == 2
    assert unknown.stderr == "curbside: There is no library 'Theirs'; choose among 'Ours', 'Test'.\n"


def test_the_doctor_s_exit_code_says_whether_a_build_is_sound(two: IngestSettings) -> None:
    sound = curbside("doctor", "--index", str(two.index), **_encoder(two))
    assert (sound.returncode, "WRONG" in sound.stdout) == (0, False)
    for path in two.index.glob("*/passages.sqlite"):
        path.write_bytes(b"not a database" * 1000)
    damaged = curbside("doctor", "--json", "--index", str(two.index), **_encoder(two))
    assert damaged.returncode == 1
    assert [entry["check"] for entry in json.loads(damaged.stdout) if not entry["sound"]] == ["build"]


def _encoder(settings: IngestSettings) -> dict[str, str]:
    return {"CURBSIDE_ENCODER": settings.model}


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
