"""docxtpl on a template made from a finished file: values are tags again, and some paragraphs have conditions again.

The template is kinder to docxtpl than one that Word has saved, for Word splits tags over runs; and comments are part of
the template, so that they cost nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from docxtpl.template import DocxTemplate
from lxml import etree

from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import parse
from benchmarks.contenders.finished import MAIN, pack, read_parts

EVERY = 20
"""Of so many paragraphs of the body one stands under a condition; agreementkit works out many more."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template and what to render it with.

    Attributes:
        content: The Word file.
        context: The values and the answers to the conditions.
    """

    content: bytes = field(repr=False)
    context: dict[str, Any] = field(repr=False)


def template_of(content: bytes) -> Template:
    """Put tags back in a finished file: every value of a content control, and conditions on whole paragraphs."""
    parts = read_parts(content)
    root = parse(parts[MAIN])
    (body,) = root
    values: list[str] = []
    for control in body.iter(w("sdt")):
        if control.find(f"{w('sdtPr')}/{w('text')}") is None:
            continue  # the contents
        for text in control.iter(w("t")):
            values.append(text.text or "")
            text.text = f"{{{{ value[{len(values) - 1}] }}}}"
    paragraphs = [one for one in body if one.tag == w("p")][::EVERY]
    for number, one in enumerate(paragraphs):
        one.addprevious(_line(f"{{%p if when[{number}] %}}"))
        one.addnext(_line("{%p endif %}"))
    made = pack({**parts, MAIN: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})
    return Template(made, {"value": values, "when": [True] * len(paragraphs)})


def templated(files: Sequence[bytes]) -> Callable[[], list[bytes]]:
    """Return what renders the templates of these files."""
    templates = [template_of(one) for one in files]
    return lambda: [render(one) for one in templates]


def render(template: Template) -> bytes:
    """Render a template; without escaping docxtpl would lose text after `&` and `<`."""
    document, out = DocxTemplate(io.BytesIO(template.content)), io.BytesIO()
    document.render(template.context, autoescape=True)
    document.save(out)
    return out.getvalue()


def _line(text: str) -> etree._Element:
    paragraph = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = text
    return paragraph
