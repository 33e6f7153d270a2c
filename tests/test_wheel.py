"""The package as it is installed: built offline, put into an environment of its own, asked in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.frozen import PUBLISHED

ROOT = Path(__file__).parents[1]
SOURCES = ("pyproject.toml", "README.md", "LICENSE")


def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the package as it is, with the frozen rows for those that come with it."""
    folder, tree = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "npqstats", tree / "npqstats", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PUBLISHED, tree / "data" / "raw")
    for name in SOURCES:
        shutil.copy(ROOT / name, tree)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=tree)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_published_rows_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for path in sorted(PUBLISHED.rglob("*.csv")):
        assert f"npqstats/data/raw/{path.relative_to(PUBLISHED).as_posix()}" in names
    assert "npqstats/data/raw/raw.lock" in names
    assert "npqstats/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "bench", "docs", "data"))]
    assert not [name for name in names if "processed" in name]


def test_an_installed_package_answers_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home, empty = tmp_path / "environment", tmp_path / "empty"
    empty.mkdir()
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    install: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
    ]
    run(*install, "--disable-pip-version-check", wheel)
    # A line that is a folder adds it without its own .pth files, which lead to the repository.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    clean = {"PATH": os.defpath, "HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = run(home / "bin" / "npqstats", "compare", "2023-24", "2024-25", cwd=empty, env=clean | {"LC_ALL": "C.UTF-8"})
    assert "43,840" in ran.stdout
    assert "29,818" in ran.stdout
    assert "using the published rows that come with the program" in ran.stderr
    assert list(empty.iterdir()) == []
    where = run(python, "-c", "import npqstats; print(npqstats.__file__)", cwd=empty, env=clean).stdout.strip()
    assert Path(where).is_relative_to(home)
