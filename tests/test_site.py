"""The documentation as a site: it builds without a warning, needs no network, and has every page in its navigation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("mkdocs", reason="needs the extra `docs`")
ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(p for p in (ROOT / "docs").rglob("*.md") if "parts" not in p.parts)


class _Page(HTMLParser):
    """What a page asks for (files and links), and the places in it that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wanted: list[str] = []
        self.ids: set[str] = set()
        self.navigation: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        for name in ("href", "src"):
            if name in given and tag in ("a", "img", "link", "script"):
                self.wanted.append(given[name])
                if "md-nav__link" in given.get("class", ""):
                    self.navigation.append(given[name])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    # without --quiet, which would hide warnings from --strict too
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, _Page]:
    return {path: _Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html") if path.name != "404.html"}


def test_every_document_is_a_page_in_the_navigation(site: Path, pages: dict[Path, _Page]) -> None:
    listed = {
        (path.parent / unquote(urlsplit(link).path)).resolve()
        for path, page in pages.items()
        for link in page.navigation
        if urlsplit(link).path
    }
    for document in DOCUMENTS:
        inside = document.relative_to(ROOT / "docs").with_suffix(".html")
        built = site / (inside.parent / "index.html" if document.name == "README.md" else inside)
        assert built in pages
        assert built.resolve() in listed


def test_every_link_and_file_is_there_on_disk(pages: dict[Path, _Page]) -> None:
    ids = {path.resolve(): page.ids for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.wanted:
            target = urlsplit(link)
            if target.scheme or target.netloc:
                continue
            file = (path.parent / unquote(target.path)).resolve() if target.path else path.resolve()
            anchor = unquote(target.fragment)
            if not file.is_file() or (anchor and file in ids and anchor not in ids[file] and anchor != "__skip"):
                broken.append(f"{path.name}: {link}")
    assert not broken


def test_nothing_comes_from_the_network(site: Path, pages: dict[Path, _Page]) -> None:
    for path, page in pages.items():
        remote = [link for link in page.wanted if urlsplit(link).scheme in ("http", "https") or link.startswith("//")]
        assert not [link for link in remote if re.search(r"\.(js|css|woff2?|png|svg)\b|unpkg|cdn|fonts", link)], path
    for style in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import\s+)[\"']?(https?:)?//", style.read_text(encoding="utf-8")), style
    assert (site / "search" / "search_index.js").is_file()
    assert "iframe-worker" in (site / "index.html").read_text(encoding="utf-8")


def test_programs_and_sources_of_generated_pages_stay_out(site: Path) -> None:
    assert not list(site.rglob("*.py"))
    assert not (site / "checks").exists()
    assert not (site / "coverage").exists()
    assert not (site / "parts").exists()


def test_no_picture_is_heavy() -> None:
    assert not [path for path in (ROOT / "docs" / "images").iterdir() if path.stat().st_size > 200_000]
