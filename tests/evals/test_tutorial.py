"""The tutorial's commands are run as they stand there, in an empty folder, and what they should print is looked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial-evals.md"
_BLOCK = re.compile(r"^```(?P<kind>sh|text)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    blocks = [(found["kind"], found["body"]) for found in _BLOCK.finditer(TUTORIAL.read_text("utf-8"))]
    assert [kind for kind, _ in blocks].count("text") >= 4
    shown = ""
    for kind, body in blocks:
        if kind == "sh":
            shown = _run(body, tmp_path)
            continue
        for line in body.splitlines():
            assert line in shown, f"{line!r} is not in\n{shown}"
    assert (tmp_path / "reports" / "report.html").is_file()
    assert "The hours section answers" in (tmp_path / "baseline.json").read_text("utf-8")


def _run(commands: str, folder: Path) -> str:
    """Return what the commands print, as a reader's shell runs them; what they return is printed too."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    environment = {"PATH": path, "COLUMNS": "400", "HF_HUB_OFFLINE": "1", "HOME": str(folder)}
    found = subprocess.run(
        ["/bin/bash", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, timeout=150,
        check=False,
    )  # fmt: skip
    return found.stdout + found.stderr
