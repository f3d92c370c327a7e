"""A house that was kept is the house that was examined, and its parts are filled as Jinja fills them."""

import json

import pytest

from agreementkit.cache import Cache
from agreementkit.writers.word.house import load
from agreementkit.writers.word.house.donor import shipped_template
from agreementkit.writers.word.house.examine import examine
from agreementkit.writers.word.house.filling import FIELDS, Filling
from agreementkit.writers.word.house.record import from_data, to_data
from agreementkit.writers.word.house.tags import Source, compile_source, compiled

TEXTS = (
    "<p>{{ title }}</p>",
    "<p>{{ facts | join(' & ') }}</p>",
    "<p>{% if draft %}Draft {{ status }}{% endif %}</p>",
    "<p>{% if draft %}Draft{% else %}{{ date }}{% endif %}</p>",
    "<p>{% if draft %}{% if short %}{{ short }}{% endif %}{% elif date %}x{% endif %}</p>",
    "<p>{{ title | upper }}</p>",
    "<p>{% for fact in facts %}{{ fact }}{% endfor %}</p>",
    "<p>{{ 'x' if draft else title }}</p>",
    "<p>{%- if not draft %} {{ title }} {%- endif %}</p>",
    "<p>\r\n{{ title }}\r\n</p>\n",
)
VALUES = (
    {name: ["a <b>", "c & d"] if name in ("parties", "facts") else f"<{name}> & “x” 'y'" for name in FIELDS},
    {name: [] if name in ("parties", "facts") else "" for name in FIELDS},
    {name: ("one",) if name in ("parties", "facts") else "x" for name in FIELDS} | {"draft": True, "title": 5},
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("values", VALUES)
def test_pieces_say_what_jinja_says(text: str, values: dict[str, object]) -> None:
    filling, _, found = compile_source(Source("word/document.xml", "the text", text), "house.docx")
    assert filling is not None, found
    assert filling.render(values) == compiled(filling.source).render(values)


def test_most_parts_need_no_jinja() -> None:
    made = [compile_source(Source("p", "the text", text), "house.docx")[0] for text in TEXTS]
    assert [one is not None and one.pieces is not None for one in made] == [*[True] * 4, *[False] * 5, True]


def test_a_value_that_is_missing_is_a_fault_as_before() -> None:
    with pytest.raises(Exception, match="'title' is undefined"):
        Filling("{{ title }}", (("field", "title"),)).render({})


def _examined() -> load.House:
    house = examine(shipped_template().read_bytes(), "neutral.docx", {}).house
    assert house is not None
    return house


def test_a_house_that_was_kept_is_the_same() -> None:
    house = _examined()
    again = from_data(json.loads(json.dumps(to_data(house))), "neutral.docx")
    assert again == house
    assert list(again.static) == list(house.static)
    assert list(again.overrides) == list(house.overrides)


def test_a_record_that_is_not_as_it_was_written_is_refused() -> None:
    data = json.loads(json.dumps(to_data(_examined())))
    for index in range(len(data)):
        for odd in (None, 5, "x", [[1]], {"x": 1}):
            if type(odd) is not type(data[index]) or odd == [[1]]:
                with pytest.raises(ValueError, match=r"."):
                    from_data([*data[:index], odd, *data[index + 1 :]], "neutral.docx")
    with pytest.raises(ValueError, match="no house"):
        from_data(None, "neutral.docx")


def test_a_house_is_read_again_instead_of_examined(tmp_path, monkeypatch) -> None:
    cache = Cache(tmp_path / "kept")
    monkeypatch.setattr(load, "kept", lambda: cache)
    monkeypatch.setattr(load, "_PREPARED", {})
    first = load.load_house()
    load._PREPARED.clear()
    monkeypatch.setattr("agreementkit.writers.word.house.examine.examine", None)
    assert load.load_house() == first
    assert cache.found == 1
