from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from ingest.plan import Edits, Library, Plan, make_plan
from ingest.records import FileRecord
from ingest.sources.files import Found, SourceFile, Unread

TEST, OTHER = Library("Test", Path("/test")), Library("Other", Path("/other"))
NOTHING = Edits()


def files(*named: str) -> Found:
    """What is found where these files stand; ``"a.md=1"`` is a file with the content ``1``."""
    found = []
    for entry in named:
        source, _, content = entry.partition("=")
        found.append(SourceFile(Path("/test") / source, source, source.rpartition(".")[0], content))
    return Found(tuple(found), ())


def before(*named: str, library: str = "Test", **facts: str) -> list[FileRecord]:
    """What the published build says of these files."""
    kept = FileRecord(library, "", "", "", "kept", sketch="0" * 12, passages=3, title="A title")
    records = [
        replace(kept, source=file.source, sha256=file.sha256, document=file.document) for file in files(*named).files
    ]
    return [replace(record, **facts) for record in records]  # type: ignore[arg-type]


def plan(found: Found, *records: FileRecord, edits: Edits = NOTHING, reusable: bool = True) -> Plan:
    return make_plan([(TEST, found)], records, edits=edits, reusable=reusable)


def changes(made: Plan) -> dict[str, str]:
    return {step.record.source: step.change for step in made.steps}


def test_a_file_that_is_what_it_was_is_known_without_being_read() -> None:
    (record,) = before("a.md=1")
    (step,) = plan(files("a.md=1"), record).steps
    assert (step.change, step.record) == ("unchanged", record)


def test_every_change_is_told_by_content_and_path() -> None:
    made = plan(files("a.md=1", "b.md=new", "moved/c.md=3", "e.md=5"), *before("a.md=1", "b.md=2", "c.md=3", "d.md=4"))
    assert changes(made) == {"a.md": "unchanged", "b.md": "changed", "moved/c.md": "renamed", "e.md": "added"}
    assert [record.source for record in made.gone] == ["d.md"]
    assert [step.was for step in made.steps] == ["", "", "", "c.md"]
    assert all(step.record.passages == 0 and step.file for step in made.steps if step.change != "unchanged")


def test_a_copy_of_a_file_that_is_still_there_is_no_renamed_one() -> None:
    assert changes(plan(files("a.md=1", "b.md=1"), *before("a.md=1"))) == {"a.md": "unchanged", "b.md": "added"}


def test_files_that_change_places_are_changed_files() -> None:
    made = plan(files("a.md=2", "b.md=1"), *before("a.md=1", "b.md=2"))
    assert (changes(made), made.gone) == ({"a.md": "changed", "b.md": "changed"}, ())


def test_a_file_whose_document_has_another_id_is_read_again() -> None:
    (file,) = files("a.md=1").files
    found = Found((replace(file, document="a.md"),), ())
    (step,) = plan(found, *before("a.md=1")).steps
    assert (step.change, step.record.document, step.record.sketch) == ("changed", "a.md", "")


def test_where_nothing_can_be_copied_an_unchanged_file_is_read_again() -> None:
    (step,) = plan(files("a.md=1"), *before("a.md=1"), reusable=False).steps
    assert (step.change, step.record.sketch, step.file) == ("unchanged", "", files("a.md=1").files[0])


def test_a_file_that_was_refused_and_is_what_it_was_stays_refused() -> None:
    (record,) = before("a.md=1", state="refused", reason="no text", sketch="")
    (step,) = plan(files("a.md=1"), record).steps
    assert (step.change, step.record) == ("unchanged", record)


def test_a_document_that_is_taken_out_stays_out_whatever_its_file_does() -> None:
    edits = Edits(remove=frozenset({("Test", "a"), ("Other", "b")}))
    made = plan(files("a.md=1", "b.md=2"), *before("a.md=1", "b.md=2"), edits=edits)
    assert changes(made) == {"a.md": "removed", "b.md": "unchanged"}
    taken = [step.record for step in made.steps]
    assert taken[0].state == "removed"
    assert "curbside library restore" in taken[0].reason
    assert changes(plan(files("a.md=new", "b.md=2"), *taken)) == {"a.md": "removed", "b.md": "unchanged"}
    assert changes(plan(files("a.md=1", "b.md=2"), *taken, reusable=False))["a.md"] == "removed"


def test_a_document_that_is_put_back_is_read() -> None:
    records = before("a.md=1", state="removed", reason="was taken out", sketch="")
    (step,) = plan(files("a.md=1"), *records, edits=Edits(restore=frozenset({("Test", "a")}))).steps
    assert (step.record.state, step.record.reason, step.file) == ("kept", "", files("a.md=1").files[0])


def test_a_library_that_leaves_takes_its_files_with_it() -> None:
    records = [*before("a.md=1"), *before("b.md=2", library="Other")]
    for found in ([], [(TEST, files("a.md=1"))]):
        made = make_plan(found, records, edits=Edits(drop=frozenset({"Test"})), reusable=True)
        assert [(step.record.library, step.change) for step in made.steps] == [("Other", "unchanged")]
        assert [record.library for record in made.gone] in ([], ["Test"])


def test_libraries_that_were_not_looked_into_stay_as_they_are() -> None:
    states = {"kept.md=1": "kept", "copy.md=2": "duplicate", "bad.md=3": "refused", "out.md=4": "removed"}
    others = [record for name, state in states.items() for record in before(name, library="Other", state=state)]
    made = plan(files("a.md=1"), *others)
    kept = [step for step in made.steps if step.record.library == "Other"]
    assert sorted((step.record for step in kept), key=lambda record: record.sha256) == others
    assert {step.change for step in kept if step.record.state != "removed"} == {"unchanged"}
    assert made.gone == ()


def test_a_document_of_a_library_that_was_not_looked_into_can_be_taken_out() -> None:
    edits = Edits(remove=frozenset({("Other", "b")}))
    made = make_plan([], before("b.md=2", "c.md=3", library="Other"), edits=edits, reusable=True)
    assert [(step.record.document, step.record.state) for step in made.steps] == [("b", "removed"), ("c", "kept")]


@pytest.mark.parametrize("order", list(permutations(["b/x.md=1", "a.md=2", "B.md=3"])))
def test_steps_and_identity_have_the_order_of_the_paths(order: tuple[str, ...]) -> None:
    libraries = [(OTHER, files("z.md=9")), (TEST, files(*order))]
    made = make_plan(libraries, [], edits=NOTHING, reusable=True)
    assert [step.record.source for step in made.steps] == ["z.md", "B.md", "a.md", "b/x.md"]
    again = make_plan(libraries[::-1], before("a.md=2", "gone.md=4"), edits=NOTHING, reusable=True)
    assert again.identity() == made.identity()


def test_the_identity_is_that_of_the_files_and_of_nothing_that_is_known_of_them() -> None:
    fresh = plan(files("a.md=1", "b.md=2"))
    known = plan(files("a.md=1", "b.md=2"), *before("a.md=1", "b.md=2", state="duplicate", reason="x", title="Other"))
    unread = Found(files("a.md=1", "b.md=2").files, (Unread("photo.jpg", "is of a format that is not read", False),))
    assert len({made.identity() for made in (fresh, known, plan(unread), plan(unread, reusable=False))}) == 1


def test_the_identity_changes_with_content_path_library_and_what_is_taken_out() -> None:
    out = Edits(remove=frozenset({("Test", "a")}))
    made = [
        plan(files("a.md=1", "b.md=2")),
        plan(files("a.md=1", "b.md=3")),
        plan(files("a.md=1", "c.md=2")),
        plan(files("a.md=2", "b.md=1")),
        plan(files("a.md=1")),
        plan(files()),
        plan(files("a.md=1", "b.md=2"), edits=out),
        make_plan([(OTHER, files("a.md=1", "b.md=2"))], [], edits=NOTHING, reusable=True),
    ]
    assert len({entry.identity() for entry in made}) == len(made)
