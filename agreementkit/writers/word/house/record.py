"""A house as plain data, to be kept between runs, and back: to examine a house file takes far longer than to read this.

Only a house without faults is kept. Reading is strict; what is not as it was written is refused.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from agreementkit.writers.word.house.casting import Casting, How
from agreementkit.writers.word.house.filling import Filling, pieces_from_data
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.package.archive import Relationship, Stored
from agreementkit.writers.word.styles.numbering import Level, Lists, Place
from agreementkit.writers.word.styles.roles import Role, Styles

T = TypeVar("T")


def to_data(house: House) -> Any:
    """Return a house as plain data.

    Args:
        house: The house.
    """
    lists = house.lists
    return [
        {name: [base64.b64encode(one.data).decode(), one.crc, one.size] for name, one in house.static.items()},
        {name: [one.source, one.pieces] for name, one in house.texts.items()},
        house.main,
        {role.value: [id_, house.styles.names[role]] for role, id_ in house.styles.ids.items()},
        {role.value: _cast_data(one) for role, one in house.cast.items()},
        [
            {id_: [[step, *_fields(level)] for step, level in levels.items()] for id_, levels in lists.levels.items()},
            dict(lists.family),
            {id_: _place_data(place) for id_, place in lists.places.items()},
        ],
        house.indents,
        house.stops,
        [house.table_size, house.text_width, house.last_footnote],
        house.defaults,
        house.overrides,
        [_fields(link) for link in house.links],
        [_fields(link) for link in house.package_links],
        [house.has_cover, house.has_contents, house.has_title],
        sorted(house.fresh),
    ]


def from_data(data: Any, file: str) -> House:
    """Return the house that `to_data` made into `data`.

    Args:
        data: The record.
        file: Where the house came from, for messages.

    Raises:
        ValueError: It is none.
    """
    try:
        return _house(data, file)
    except (TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError("this is no house") from error


def _house(data: Any, file: str) -> House:
    static, texts, main, styles, cast, lists, indents, stops, numbers, defaults, overrides, *rest = data
    links, package_links, shows, fresh = rest
    levels, family, places = lists
    table_size, text_width, last_footnote = map(_number, numbers)
    has_cover, has_contents, has_title = map(_truth, shows)
    roles = {Role(role): (_text(id_), _text(name)) for role, (id_, name) in styles.items()}
    return House(
        file,
        _by_text(static, lambda one: Stored(base64.b64decode(one[0], validate=True), _number(one[1]), _number(one[2]))),
        _by_text(texts, lambda one: Filling(_text(one[0]), None if one[1] is None else pieces_from_data(one[1]))),
        _text(main),
        Styles({role: one[0] for role, one in roles.items()}, {role: one[1] for role, one in roles.items()}),
        {Role(role): _casting(*one) for role, one in cast.items()},
        Lists(
            _by_text(levels, lambda of: {_number(step): _level(*level) for step, *level in of}),
            _by_text(family, _text),
            _by_text(places, lambda one: Place(_text(one[0]), _number(one[1]))),
        ),
        _all(indents, _number),
        _by_text(stops, lambda one: _all(one, _number)),
        table_size,
        text_width,
        _by_text(defaults, _text),
        _by_text(overrides, _text),
        _all(links, lambda one: _link(*one)),
        _all(package_links, lambda one: _link(*one)),
        has_cover,
        has_contents,
        has_title,
        frozenset(_all(fresh, _text)),
        last_footnote,
    )


def _fields(one: Level | Relationship) -> list[Any]:
    return [getattr(one, name) for name in one.__dataclass_fields__]


def _place_data(place: Place | None) -> Any:
    return None if place is None else [place.list_id, place.level]


def _cast_data(one: Casting) -> list[Any]:
    return [
        one.how.value, one.style, one.name, _place_data(one.place), one.ours, _place_data(one.direct), one.indent,
        one.outline, one.page_break, one.keep_next,
    ]  # fmt: skip


def _casting(
    how: Any, style: Any, name: Any, place: Any, ours: Any, direct: Any, indent: Any, outline: Any, page: Any, keep: Any
) -> Casting:
    return Casting(
        How(how),
        _text(style),
        _text(name),
        _place(place),
        _truth(ours),
        _place(direct),
        _text(indent),
        None if outline is None else _number(outline),
        None if page is None else _truth(page),
        _truth(keep),
    )


def _place(data: Any) -> Place | None:
    return None if data is None else Place(_text(data[0]), _number(data[1]))


def _level(format_: Any, text: Any, start: Any, indent: Any, hanging: Any, ordinary: Any) -> Level:
    return Level(_text(format_), _text(text), _number(start), _number(indent), _number(hanging), _truth(ordinary))


def _link(id_: Any, type_: Any, target: Any, external: Any) -> Relationship:
    return Relationship(_text(id_), _text(type_), _text(target), _truth(external))


def _by_text(data: Mapping[str, Any], of: Callable[[Any], T]) -> dict[str, T]:
    return {key: of(one) for key, one in data.items()}


def _all(data: Any, of: Callable[[Any], T]) -> tuple[T, ...]:
    if type(data) is not list:
        raise ValueError("a list was expected")
    return tuple(map(of, data))


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("a text was expected")
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("a whole number was expected")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("yes or no was expected")
    return value
