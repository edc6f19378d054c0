"""Whether a published build is sound. It is opened in a child process: damaged vectors can end the process that opens
them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest import build as builds
from ingest.errors import BusyError, IngestError
from ingest.passages.cache import count_texts
from ingest.settings import IngestSettings

_ROOT = Path(__file__).resolve().parent.parent
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """What was looked at."""
    sound: bool
    """Whether it is as it should be."""
    detail: str
    """What was found, and what to do where it is not sound."""

    def as_record(self) -> dict[str, object]:
        """Return the finding as plain data."""
        return asdict(self)


def diagnose(settings: IngestSettings) -> list[Finding]:
    """Return what was found, in the order in which a build is opened."""
    findings = [_writer(settings.index), *_cache(settings.index)]
    build = builds.published_id(settings.index)
    if not build:
        detail = f"{settings.index}: nothing is published here; run curbside ingest"
        return [Finding("pointer", False, detail), *findings]
    findings.insert(0, Finding("pointer", True, f"build {build} is published in {settings.index}"))
    asked = json.dumps({"index": str(settings.index), "model": settings.model, "chroma": settings.chroma})
    try:
        child = subprocess.run(
            [sys.executable, "-m", "ingest.doctor", asked],
            capture_output=True, text=True, cwd=_ROOT, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        detail = f"it was not opened within {_SECONDS} seconds; rebuild with curbside ingest"
        return [*findings, Finding("build", False, detail)]
    findings += [Finding(**entry) for line in child.stdout.splitlines() if (entry := json.loads(line))]
    if child.returncode < 0:
        folder = settings.index / build
        detail = f"opening it ended the process (signal {-child.returncode}); delete {folder} and run curbside ingest"
        findings.append(Finding("build", False, detail))
    elif child.returncode:
        last = (child.stderr.strip().splitlines() or ["no reason given"])[-1]
        findings.append(Finding("build", False, f"it cannot be opened ({last}); rebuild with curbside ingest"))
    return findings


def _writer(index: Path) -> Finding:
    if not index.is_dir():
        return Finding("writer", True, "nobody is building this index")
    try:
        with builds.writer_lock(index):
            return Finding("writer", True, "nobody is building this index")
    except BusyError:
        return Finding("writer", True, "an ingest is under way; what is published answers until it is done")


def _cache(index: Path) -> Iterator[Finding]:
    path = index / builds.CACHE
    if not path.is_file():
        return
    try:
        detail = f"{count_texts(path):,} texts, {path.stat().st_size / 2**20:,.0f} MiB"
        yield Finding("embedding cache", True, detail)
    except IngestError as error:
        yield Finding("embedding cache", False, str(error))


def _examine(settings: IngestSettings) -> Iterator[Finding]:
    """Yield what is found on opening the published build, in the process that calls it."""
    build = builds.open_build(settings)
    manifest = build.manifest
    yield Finding("manifest", True, f"{manifest.documents:,} documents, {manifest.passages:,} passages")
    found = build.passages.check()
    yield Finding("passages", found == "ok", found if found == "ok" else f"{found}; rebuild with curbside ingest")
    yield Finding("vectors", True, f"{build.vectors.size():,}, as many as passages, in {manifest.chroma or 'files'}")
    length = float((build.encoder.encode(["a question"])[0] ** 2).sum())
    yield Finding("encoder", abs(length - 1) < 1e-3, f"{manifest.model}, vectors of {manifest.dimension}")
    known = len(build.lexical.passages_with)
    yield Finding("words", known > 0, f"{known:,} words")
    try:
        builds.verify(build.folder, manifest)
        yield Finding("search", True, "a sample of passages finds itself")
    except IngestError as error:
        yield Finding("search", False, str(error))
    for library in manifest.libraries:
        here = Path(library.folder).is_dir()
        detail = f"{library.documents:,} documents, {library.passages:,} passages from {library.folder}"
        yield Finding(f"library {library.name}", True, detail + ("" if here else " (the folder is no longer there)"))


def _main(asked: str) -> int:
    entry = json.loads(asked)
    settings = IngestSettings(index=Path(entry["index"]), model=entry["model"], chroma=entry["chroma"])
    try:
        for finding in _examine(settings):
            print(json.dumps(finding.as_record()), flush=True)
    except IngestError as error:
        print(json.dumps(Finding("build", False, str(error)).as_record()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
