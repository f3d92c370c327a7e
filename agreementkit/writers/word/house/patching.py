"""docxtpl's own repair of tags that Word has split over several runs, and which docxtpl it is that repairs."""

from __future__ import annotations

import importlib.util
import io
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

from agreementkit.cache import kept, key_of


@cache
def patch_stamp() -> str:
    """Return what tells this docxtpl from others: size and time of its file; nothing where the file is not found."""
    spec = importlib.util.find_spec("docxtpl")
    made_by = Path(spec.origin).with_name("template.py").stat() if spec and spec.origin else None
    return f"{made_by.st_size} {made_by.st_mtime_ns}" if made_by else ""


def patched(text: str) -> str:
    """Return a part after docxtpl's own repair of tags that Word has split over several runs.

    What docxtpl gave is kept between runs, for loading it takes longer than all else that a house file needs.

    Args:
        text: The part as XML.
    """
    stamp = patch_stamp()
    found = kept() if stamp else None
    key = key_of("house part", text, stamp) if stamp else ""
    made = found.read(key) if found else None
    if not isinstance(made, str):
        made = _docxtpl_patch()(text)
        if found:
            found.write(key, made)
    return made


@cache
def _docxtpl_patch() -> Callable[[str], str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from docxtpl.template import DocxTemplate
    patch: Callable[[str], str] = DocxTemplate(io.BytesIO()).patch_xml
    return patch
