"""Unions: the shipped list, and the entries of a configuration resolved against it.

Unions are known by stable id, never by abbreviation: two unions are called BDA.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field, computed_field, model_validator
from pydantic_core import PydanticCustomError

from agreementkit._resources import data_path
from agreementkit.config.fields import (
    Flag,
    Identifier,
    Line,
    Prose,
    Section,
    Whole,
    choice,
    entries,
    fault,
    flag,
    number,
    text,
)
from agreementkit.diagnostics import suggest
from agreementkit.source import load_yaml


class Independence(Section):
    """What is known of a union's listing and certificate of independence: a fact with a source."""

    status: Literal["confirmed", "general-knowledge", "to-check"] = Field(description="How well the fact is known.")
    fact: Line = Field(description="The fact in our own words.")
    source: Line = Field(description="Where it comes from, or where to check it.")


class ListedUnion(Section):
    """A union of the shipped list."""

    id: Identifier = Field(description="Stable id.")
    name: Line = Field(description="Full name.")
    short: Line = Field(description="Short name.")
    article: Literal["both", "name", "none"] = choice("none", "Which of its names take 'the' in running text.")
    kind: Line = Field(description="What kind of union it is.")
    staff_council: Flag = Field(description="Whether it is among the NHS Staff Council unions.")
    parents: tuple[Identifier, ...] = entries((), "Ids of the unions it is a joint venture or section of.")
    note: Prose | None = text(None, "What a drafter should know.")
    independence: Independence = Field(description="Listing and certificate of independence.")


@lru_cache(maxsize=1)
def shipped_unions() -> Mapping[str, ListedUnion]:
    """Return the shipped list of unions by id, in its own order."""
    text_ = (data_path("clauses") / "core" / "unions.yaml").read_text(encoding="utf-8")
    data: Any = load_yaml(text_)[0]
    listed = [ListedUnion.model_validate(entry) for entry in data["unions"]]
    return {union.id: union for union in listed}


class Union(Section):
    """A trade union that is recognised. Written as an id of the shipped list, or as a mapping."""

    id: Identifier = Field(description="Stable id; from the shipped list, or your own.")
    name: Line = Field(description="Full name; from the shipped list unless given.")
    short: Line = Field(description="Short name used in the text; from the shipped list unless given.")
    article: Literal["both", "name", "none"] = choice("none", "Which of its names take 'the' in running text.")
    parents: tuple[Identifier, ...] = entries((), "Ids of the parent unions of a joint union.", most=10)
    local_representatives: Flag = flag(True, "Whether it has accredited representatives among the staff.")
    full_time_officer: Flag = flag(True, "Whether a full-time officer looks after its members here.")
    partner: Flag = flag(False, "Whether partnership working is carried on mainly with it.")
    members: Whole | None = number(None, "Members among the staff.", "members", most=5_000_000)
    seats: Whole | None = number(None, "Seats in the forum, where they differ from the rule.", "seats", most=50)

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, data: Any) -> Any:
        if isinstance(data, str):
            data = {"id": data}
        if not isinstance(data, Mapping):
            return data
        given = dict(data)
        known = shipped_unions()
        name = given.get("name")
        if "id" not in given and "name" not in given:
            raise fault(
                "union_unnamed",
                "a union needs an id or a name",
                (),
                "add id: from the shipped list, or name:",
            )
        if "id" not in given and isinstance(name, str):
            same = [u.id for u in known.values() if u.name.casefold() == name.strip().casefold()]
            given["id"] = same[0] if same else own_id(name)
        listed = known.get(given["id"]) if isinstance(given.get("id"), str) else None
        if listed is None and isinstance(given.get("id"), str) and not isinstance(name, str):
            raise unknown_union(given["id"])
        if listed is not None:
            if "short" in given and "article" not in given:  # a name of the user's own is taken as it stands
                given["article"] = "name" if listed.article != "none" and "name" not in given else "none"
            given = {**listed.model_dump(include={"name", "short", "article", "parents"}), **given}
        elif isinstance(name, str):
            given.setdefault("short", name)
        return given

    @computed_field(description="Full name as running text says it: 'the British Medical Association'.")  # type: ignore[prop-decorator]
    @property
    def named(self) -> str:
        """The full name, with "the" where it takes one."""
        return f"the {self.name}" if self.article in ("both", "name") else self.name

    @computed_field(description="Short name as running text says it: 'the BMA'.")  # type: ignore[prop-decorator]
    @property
    def called(self) -> str:
        """The short name, with "the" where it takes one."""
        return f"the {self.short}" if self.article == "both" else self.short

    @computed_field(description="Whether it is a joint union, such as MiP, with parent unions.")  # type: ignore[prop-decorator]
    @property
    def joint(self) -> bool:
        """Whether it is a joint union."""
        return bool(self.parents)

    @computed_field(description="Names of the parent unions of a joint union.")  # type: ignore[prop-decorator]
    @property
    def parent_names(self) -> tuple[str, ...]:
        """Short names of the parents as running text says them, or their ids where they are not in the shipped list."""
        known = shipped_unions()
        return tuple(_called(known[parent]) if parent in known else parent for parent in self.parents)


def _called(union: ListedUnion) -> str:
    return f"the {union.short}" if union.article == "both" else union.short


def own_id(name: str) -> str:
    """Return an id for a union that is not in the shipped list."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.casefold())
    words = "-".join(part for part in plain.split("-") if part)[:56].strip("-")
    return words if words[:1].isalpha() else f"union-{words}".rstrip("-")


def unknown_union(given: str) -> PydanticCustomError:
    """Return the fault for an id that is not in the shipped list, with the union that was probably meant."""
    known = shipped_unions()
    plain = given.strip().casefold()
    meant = [u.id for u in known.values() if plain in (u.id, u.name.casefold(), u.short.casefold())]
    hint = f"did you mean {' or '.join(meant)}?" if meant else "; ".join(suggest(plain, known, "union"))
    own = "for a union that is not in the shipped list write a mapping with name: and short:"
    return fault(
        "unknown_union",
        "there is no union with the id {given!r} in the shipped list",
        (),
        f"{hint}; {own}",
        given=given,
    )
