"""Hooks of MkDocs: the navigation of the site, and pages for files that documents link to outside `docs/`.

The Markdown is written to be read on a code host, where a link may lead to `../../examples/minimal.yaml`. A site has
no such place, so each file that is linked to, and each example, becomes a page, with its links followed in turn.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SECTIONS = {
    "Start": ["start/hr-leads.md", "start/union-officers.md", "start/is-this-legal-advice.md", "tutorial/*.md"],
    "How-to": ["how-to/*.md"],
    "Reference": ["reference/*.md"],
    "Explanation": ["explanation/*.md", "explanation/word/*.md"],
    "Decisions": ["decisions/*.md"],
    "Examples": ["examples/*.md"],
}
"""Sections in their order, and their pages; a page that somebody adds joins its section by itself."""

SHOWN = ["examples/*.yaml", "examples/packs/*.yaml", "examples/packs/*/README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
"""Files outside `docs/` that have a page even if no document links to them."""

FENCE = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]*)(#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make the navigation from the folders."""
    nav: list[object] = [{"Home": "index.md"}]
    for title, patterns in SECTIONS.items():
        pages = [
            path.relative_to(DOCS).as_posix()
            for pattern in patterns
            for path in sorted(DOCS.glob(pattern), key=lambda p: (p.name != "README.md", p.name))
        ]
        shown = sorted(ROOT.glob("examples/**/*.yaml")) if title == "Examples" else []
        nav.append({title: [*pages, *(_place(path) for path in shown if _is_shown(path))]})
    config.nav = nav
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add a page for each file outside `docs/` that is shown or linked to."""
    waiting = [path for pattern in SHOWN for path in sorted(ROOT.glob(pattern))]
    for file in files.documentation_pages():
        waiting += _outside(DOCS / file.src_uri, file.content_string)
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        if files.get_file_from_path(_place(path)):
            continue
        text = _text(path)
        if text is None:
            files.append(File.generated(config, _place(path), abs_src_path=str(path)))
            continue
        files.append(File.generated(config, _place(path), content=_linked(text, path)))
        waiting += _outside(path, text)
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - given by name
    """Turn links that lead out of `docs/` into links to the pages made for them, and say what search finds first."""
    place = page.file.src_uri
    if place.endswith(".yaml.md"):
        page.meta["search"] = {"exclude": True}  # a whole file as one hit would bury the pages that explain it
    elif place.startswith(("start/", "tutorial/", "how-to/")):
        page.meta["search"] = {"boost": 4}
    return markdown if page.file.generated_by else _linked(markdown, DOCS / page.file.src_uri)


def _is_shown(path: Path) -> bool:
    return any(path in ROOT.glob(pattern) for pattern in SHOWN)


def _place(path: Path) -> str:
    """Return where the site has a file: documents as they are, everything else below `source/`."""
    if path.is_relative_to(DOCS):
        return path.relative_to(DOCS).as_posix() if path.is_file() else _place(path / "README.md")
    inside = path.relative_to(ROOT).as_posix()
    if path.is_dir():
        return f"source/{inside}/README.md"
    return f"source/{inside}" + (".md" if path.suffix in (".yaml", ".toml", ".txt") else "")


def _text(path: Path) -> str | None:
    """Return the page of a file outside `docs/`; none for a file that is only copied."""
    inside = path.relative_to(ROOT).as_posix()
    if path.is_dir():
        names = [p for p in sorted(path.iterdir()) if p.suffix in (".yaml", ".md")]
        return f"# {inside}\n\n" + "".join(f"- [{p.name}]({p.name})\n" for p in names)
    if path.suffix not in (".md", ".yaml", ".toml", ".txt"):
        return None
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md" and not text.startswith(
        "---\n"
    ):  # what has front matter is a clause: shown as it is written
        return text
    return f"# {path.name}\n\nThe file `{inside}`.\n\n`````{path.suffix[1:]}\n{text.rstrip()}\n`````\n"


def _base(page: Path) -> Path:
    """Return the folder that the links of a page start from."""
    return page if page.is_dir() else page.parent


def _outside(page: Path, text: str) -> list[Path]:
    found = [(_base(page) / match[1]).resolve() for match in LINK.finditer(FENCE.sub("", text)) if match[1]]
    return [path for path in found if path.exists() and not path.is_relative_to(DOCS)]


def _linked(text: str, page: Path) -> str:
    """Return a page with its links as the site needs them; of code only the escapes that tables need elsewhere go."""

    def link(match: re.Match[str]) -> str:
        target = (_base(page) / match[1]).resolve() if match[1] else page
        if not match[1] or not target.exists():
            return match[0]  # MkDocs says what is wrong with it
        here = posixpath.dirname(_place(page))
        return f"]({posixpath.relpath(_place(target), here)}{match[2] or ''})"

    out, end = [], 0
    for code in FENCE.finditer(text):
        shown = code[0] if code[1] else code[0].replace("\\|", "|")
        out += [LINK.sub(link, text[end : code.start()]), shown]
        end = code.end()
    return "".join([*out, LINK.sub(link, text[end:])])
