"""Options that packs declare, as part of the typed configuration: their models, their faults, their values.

The configuration itself knows nothing of packs. Given what they declare, its `options` become typed settings like all
others, so that whatever reads the types of settings reads those of options too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

from pydantic import ConfigDict, Field, ValidationError, create_model

from agreementkit.config.fields import Section, section
from agreementkit.config.model import Config
from agreementkit.config.paths import members
from agreementkit.diagnostics import Diagnostic, suggest


class Declared(Protocol):
    """What has to be known of an option; `bank.option.Option` is one."""

    @property
    def name(self) -> str:
        """Name within the pack."""

    @property
    def annotation(self) -> Any:
        """Pydantic's type of a value, without bounds."""

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The least and the greatest value of an integer; None for what is none."""

    @property
    def unit(self) -> str | None:
        """What an integer counts."""

    @property
    def question(self) -> str | None:
        """How a person is asked for it."""

    @property
    def help(self) -> str | None:
        """Why it matters."""

    @property
    def default(self) -> Any:
        """The value where none is given, or None."""


Declarations = Mapping[str, Mapping[str, Declared]]
"""Options by the id of their pack and by name."""


class PackOptions(Section):
    """The options of one pack; what they are, the pack says."""

    model_config = ConfigDict(protected_namespaces=())


def attribute(pack: str) -> str:
    """Return the name by which expressions know a pack: `anytown_icb` for `anytown-icb`."""
    return pack.replace("-", "_")


def with_options(declared: Declarations) -> type[Config]:
    """Return the model of a configuration whose options are typed; `Config` itself where no pack declares any."""
    return _config(tuple((pack, tuple(options.values())) for pack, options in declared.items()))


@lru_cache(maxsize=100)
def _config(declared: tuple[tuple[str, tuple[Declared, ...]], ...]) -> type[Config]:
    if not declared:
        return Config
    packs: dict[str, Any] = {}
    for pack, options in declared:
        model = _pack(pack, options)
        shown = Field(default_factory=model, description=f"Options of the pack {pack}.", alias=pack)
        packs[attribute(pack)] = (model, shown)
    root = create_model("Options", __base__=PackOptions, **packs)
    return create_model("Config", __base__=Config, options=(root, section("Options of packs.")))


@lru_cache(maxsize=200)
def _pack(pack: str, options: tuple[Declared, ...]) -> type[PackOptions]:
    fields: dict[str, Any] = {option.name: _field(option) for option in options}
    return create_model(f"Options of {pack}", __base__=PackOptions, **fields)


def _field(option: Declared) -> tuple[Any, Any]:
    least, most = option.bounds or (None, None)
    shown = Field(
        default=option.default,
        title=option.question,
        description=option.help or option.question or option.name.replace("_", " "),
        ge=least,
        le=most,
        json_schema_extra={"unit": option.unit} if option.unit else None,
    )
    return option.annotation if option.default is not None else option.annotation | None, shown


def option_faults(config: Config, declared: Declarations) -> list[Diagnostic]:
    """Return every fault of a configuration's options (AK242), in the order in which they stand in its file.

    Args:
        config: The configuration.
        declared: What the packs declare.
    """
    found: list[Diagnostic] = []
    for pack, given in config.options.items():
        if pack not in declared:
            hints = suggest(pack, declared, "pack with options")
            found.append(Diagnostic("AK242", f"no pack {pack!r} declares options", hints=hints, path=f"options.{pack}"))
            continue
        model = _pack(pack, tuple(declared[pack].values()))
        try:
            model.model_validate(given)
        except ValidationError as error:
            from agreementkit.config.faults import diagnose

            found += diagnose(error, model, config.positions, under=("options", pack))
    placed = [replace(one, code="AK242", place=one.place or config.place(one.path)) for one in found]
    return sorted(placed, key=lambda one: (one.place.line, one.place.column) if one.place else (0, 0))


def option_values(config: Config, declared: Declarations) -> PackOptions:
    """Return the options as expressions see them: by the attribute of a pack, then by name.

    Args:
        config: The configuration; its options have no fault.
        declared: What the packs declare.
    """
    model = members(with_options(declared))["options"].model or PackOptions
    return model.model_validate(config.options if declared else {})  # type: ignore[return-value]
