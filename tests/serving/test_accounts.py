from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from serving.accounts import Accounts, hash_password
from serving.errors import AccountsError

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "accounts"
    path.write_text(
        f"# people\n\nada:{hash_password(PASSWORD)}\nzoë:{hash_password('pässwörd, with: colon')}\n", "utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("name", "password", "right"),
    [
        ("ada", PASSWORD, True),
        ("zoë", "pässwörd, with: colon", True),
        ("ada", PASSWORD + " ", False),
        ("ada", "", False),
        ("zoë", PASSWORD, False),
        ("nobody", PASSWORD, False),
        ("", "", False),
    ],
)
def test_a_password_belongs_to_its_own_name_alone(file: Path, name: str, password: str, right: bool) -> None:
    accounts = Accounts.read(file)
    assert [accounts.match(name, password) for _ in range(2)] == [right, right]


def test_a_password_that_was_right_does_not_make_another_right(file: Path) -> None:
    accounts = Accounts.read(file)
    assert accounts.match("ada", PASSWORD)
    assert not accounts.match("ada", PASSWORD + "x")
    assert not accounts.match("nobody", PASSWORD)


def test_equal_passwords_have_different_hashes() -> None:
    assert str(hash_password(PASSWORD)) != str(hash_password(PASSWORD))


KEY = "A" * 43 + "="
SALT = "A" * 22 + "=="


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ada:plain text", "not a hash of the form"),
        (f"ada:scrypt$n=32767,r=8,p=3${SALT}${KEY}", "cannot use n=32767"),
        (f"ada:scrypt$n=67108864,r=8,p=3${SALT}${KEY}", "cannot use n=67108864"),
        (f"ada:scrypt$n=32768,r=0,p=3${SALT}${KEY}", "cannot use"),
        ("ada:scrypt$n=32768,r=8,p=3$AAAA$AAAA", "too short"),
        ("ada:scrypt$n=32768,r=8,p=3$AAAAA$AAAA", "not base64"),
        (f":scrypt$n=32768,r=8,p=3${SALT}${KEY}", "the name is missing"),
        ("# nobody", "holds no account"),
    ],
)
def test_a_line_that_is_no_account_is_refused_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "accounts").write_text(f"{line}\n", "utf-8")
    with pytest.raises(AccountsError, match=f"accounts.*{said}"):
        Accounts.read(tmp_path / "accounts")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match=r"CURBSIDE_AUTH=.*cannot be read"):
        Accounts.read(tmp_path / "none")


def hash_command(*typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", "serve", "hash-password", "ada"],
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=60,
        start_new_session=True,  # without a terminal the password comes from the standard input
    )


def test_the_command_makes_a_line_that_lets_its_password_in(tmp_path: Path) -> None:
    done = hash_command(PASSWORD, PASSWORD)
    (tmp_path / "accounts").write_text(done.stdout.splitlines()[-1], "utf-8")
    assert Accounts.read(tmp_path / "accounts").match("ada", PASSWORD)
    assert PASSWORD not in done.stdout + done.stderr


@pytest.mark.parametrize(("typed", "said"), [((PASSWORD, "another one"), "differ"), (("short",), "5 characters")])
def test_the_command_refuses_a_slip_and_a_short_password(typed: tuple[str, ...], said: str) -> None:
    done = hash_command(*typed)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[-1]
