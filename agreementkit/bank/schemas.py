"""JSON Schemas of the files of a pack, for editors: made from the models that read the files.

A description that a model does not give its field is taken from the docstring of the model. What the models check
beyond single values is added here; a test holds the two against each other.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from agreementkit.bank.adopt import Adoption
from agreementkit.bank.amend import AmendmentFront
from agreementkit.bank.clause import FrontMatter
from agreementkit.bank.law import Floor, LawEntry, Source
from agreementkit.bank.manifest import Manifest
from agreementkit.bank.option import Option
from agreementkit.bank.precedent import Insertion, Precedent, PrecedentAmendment
from agreementkit.bank.requirement import Requirement
from agreementkit.bank.withdraw import Withdrawal

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ATTRIBUTES = re.compile(r"^Attributes:\n((?:    .*\n?|\n)*)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def _is(*values: str, key: str = "kind") -> Schema:
    return {"properties": {key: {"enum": list(values)}}, "required": [key]}


def _text_in(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"type": "string"}}}


_GIVEN: Schema = {"minLength": 1}
_NO_TEXT: Schema = {"enum": ["", None]}
_AGREED: Schema = {
    "if": _is("agreed", key="status"),
    "then": {"required": ["approved"], "properties": {"approved": {"type": "array", "minItems": 1}}},
}
_RULES: Mapping[type[BaseModel], tuple[Schema, ...]] = {
    Manifest: (_AGREED,),
    FrontMatter: (
        _AGREED,
        {
            "if": _is("definition"),
            "then": {"required": ["term"], "properties": {"term": _GIVEN}},
            "else": {"properties": {"term": _NO_TEXT, "plural": _NO_TEXT, "number": _NO_TEXT, "also": {"maxItems": 0}}},
        },
        {
            "if": _is("party", "recital", "execution", "definition"),
            "else": {"required": ["title"], "properties": {"title": _GIVEN}},
        },
        {"if": _is("party", "recital", "execution"), "else": {"properties": {"each": _NO_TEXT}}},
    ),
    AmendmentFront: (_AGREED, {"properties": {"variants": {"propertyNames": {"not": {"const": "core"}}}}}),
    Adoption: (
        {"properties": {"approved": {"minItems": 1}}},
        {
            "anyOf": [
                {"required": [key], "properties": {key: {"minProperties": 1}}} for key in ("clauses", "definitions")
            ]
        },
    ),
    Insertion: ({"oneOf": [_text_in(key) for key in ("after", "before", "end")]},),
    Option: (
        {"properties": {"name": {"pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$"}}},
        {
            "if": _is("integer", key="type"),
            "else": {"properties": {key: {"type": "null"} for key in ("minimum", "maximum", "unit")}},
        },
        {
            "if": _is("choice", key="type"),
            "then": {"required": ["choices"], "properties": {"choices": {"minItems": 2}}},
        },
        {"if": _is("choice", "list", key="type"), "else": {"properties": {"choices": {"maxItems": 0}}}},
        {"properties": {"choices": {"uniqueItems": True}}},
    ),
    Requirement: (
        {
            "anyOf": [
                {"required": ["met_by"], "properties": {"met_by": {"minItems": 1}}},
                {"required": ["met_when"], "properties": {"met_when": _GIVEN | {"type": "string"}}},
            ]
        },
    ),
}
"""What the validators of the models ask of several values together."""


class _Untitled(GenerateJsonSchema):
    """Leaves out the title of a property: an editor would show the key twice."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's name and signature
        return False


def _definitions(*models: type[BaseModel]) -> dict[str, Schema]:
    """Return the schema of each model, and of those in it, by the name of its class; every property described."""
    _, made = models_json_schema([(model, "validation") for model in models], schema_generator=_Untitled)
    definitions: dict[str, Schema] = made["$defs"]
    for model in _reachable(models):
        schema = definitions[model.__name__]
        doc = inspect.getdoc(model) or ""
        schema["description"] = " ".join(doc.split("\n\n")[0].split())
        said = _attributes(doc)
        for name, field in model.model_fields.items():
            shown = schema["properties"][field.alias or name]
            shown["description"] = field.description or said[name]
            if "patternProperties" in shown:  # a key that is no identifier is refused
                shown["additionalProperties"] = False
        if model in _RULES:
            schema["allOf"] = list(_RULES[model])
    return definitions


def _attributes(doc: str) -> dict[str, str]:
    """Return what a docstring says of each attribute."""
    section = _ATTRIBUTES.search(doc)
    return {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(section[1] if section else "")}


def _reachable(annotations: Iterable[Any]) -> Iterator[type[BaseModel]]:
    """Yield every model in the annotations, and in the fields of models, once."""
    waiting, seen = list(annotations), set()
    while waiting:
        one = waiting.pop()
        waiting.extend(get_args(one))
        if isinstance(one, type) and issubclass(one, BaseModel) and one not in seen:
            seen.add(one)
            yield one
            waiting.extend(field.annotation for field in one.model_fields.values())


def _of_model(title: str, model: type[BaseModel]) -> Schema:
    """Return the schema of a file that is one model."""
    definitions = _definitions(model)
    root = definitions.pop(model.__name__)
    return _whole(title, root.pop("description"), root, definitions)


def _of_two(title: str, model: type[BaseModel], change: type[BaseModel]) -> Schema:
    """Return the schema of a file that is one model, or another when it `amends` something."""
    definitions = _definitions(model, change)
    root = {
        "type": "object",
        "if": {"required": ["amends"]},
        "then": {"$ref": f"#/$defs/{change.__name__}"},
        "else": {"$ref": f"#/$defs/{model.__name__}"},
    }
    both = " ".join(definitions[one.__name__]["description"] for one in (model, change))
    return _whole(title, both, root, definitions)


def _of_list(name: str, model: type[BaseModel], description: str, entries: str) -> Schema:
    """Return the schema of a file that is a list of one model under one key, the name of the file."""
    parts = {name: _list_of(model, entries)}
    return _whole(f"{name}.yaml", description, _mapping(parts, parts), _definitions(model))


def _whole(title: str, description: str, root: Schema, definitions: dict[str, Schema]) -> Schema:
    out: Schema = {"$schema": DRAFT, "title": title, "description": description}
    out |= {key: value for key, value in root.items() if key != "title"}
    return out | ({"$defs": definitions} if definitions else {})


def _mapping(properties: Mapping[str, Schema], required: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _list_of(model: type[BaseModel], description: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}, "description": description}


def _pack() -> Schema:
    return _of_model("pack.yaml", Manifest)


def _clause() -> Schema:
    return _of_two("Front matter of a clause file", FrontMatter, AmendmentFront)


def _precedent() -> Schema:
    return _of_two("precedents/<id>.yaml", Precedent, PrecedentAmendment)


def _law() -> Schema:
    parts: dict[str, Schema] = {
        "version": {"type": "integer", "description": "Version of the register."},
        "checked": {
            "type": "string",
            "format": "date",
            "description": "Day on which the register as a whole was last checked.",
        },
        "entries": _list_of(LawEntry, "Provisions, codes, policies, guidance and cases, by id."),
        "floors": _list_of(Floor, "Limits in machine form, each resting on an entry."),
        "sources": {
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/Source"},
            "description": "Where facts were read, by a key that entries name.",
        },
    }
    description = "The register of law and policy that clauses and notes cite. See `docs/reference/law-files.md`."
    root = _mapping(parts, ("version", "checked", "entries"))
    return _whole("law.yaml", description, root, _definitions(LawEntry, Floor, Source))


def _requirements() -> Schema:
    description = "What law, codes and policy ask an agreement to deal with. See `docs/reference/law-files.md`."
    return _of_list(
        "requirements", Requirement, description, "What agreements are asked to deal with, each with an id."
    )


def _options() -> Schema:
    description = "Settings of its own that a pack declares. See `docs/reference/packs.md`."
    return _of_list("options", Option, description, "The options in the order in which they are asked for.")


def _withdrawn() -> Schema:
    description = "The clauses below it that a pack does without. See `docs/reference/packs.md`."
    return _of_list("withdrawn", Withdrawal, description, "The clauses, each with the reason.")


def _adopted() -> Schema:
    description = "Texts of packs below that a body has agreed as they are. See `docs/reference/packs.md`."
    return _of_list("adopted", Adoption, description, "The decisions, each with the texts it is about.")


_MAKERS: Mapping[str, Callable[[], Schema]] = {
    "pack": _pack,
    "clause": _clause,
    "precedent": _precedent,
    "law": _law,
    "requirements": _requirements,
    "options": _options,
    "withdrawn": _withdrawn,
    "adopted": _adopted,
}
NAMES = tuple(_MAKERS)
"""Names of the schemas."""


def json_schema(name: str) -> Schema:
    """Return the JSON Schema of a file of a pack.

    Args:
        name: One of `NAMES`: pack, clause (front matter), precedent, law, requirements, options, withdrawn, adopted.

    Raises:
        KeyError: If there is none of that name.
    """
    return _MAKERS[name]()
