"""`python -m agreementkit.testing.organisations`: many invented organisations, for trying out and timing batches.

Each is a valid configuration for the pair of agreements, drawn from a seed: what kind of body, which unions, which of
the settings. The same seed gives the same files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

from agreementkit.config import Config
from agreementkit.saving import save_all
from agreementkit.testing.configurations import random_configuration

_FIRST = ("North", "South", "East", "West", "Mid", "Upper", "Lower", "Old", "New", "Great")
_SECOND = ("moor", "vale", "ford", "bridge", "field", "haven", "wick", "stead", "combe", "minster")
_KINDS = {
    "icb": "Integrated Care Board", "trust": "NHS Trust", "council": "Council", "university": "University",
    "company": "Services Limited", "charity": "Trust", "fire-service": "Fire and Rescue Service",
}  # fmt: skip
_CHUNK = 100
"""Files that are written together."""


def organisations(count: int, seed: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield invented organisations.

    Args:
        count: How many.
        seed: What they are drawn from.

    Yields:
        The name of each, good for a file, and its settings, from which `Config.model_validate` makes a configuration.
    """
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing secret about it
        drawn = random_configuration(rng.getrandbits(32)).model_dump(mode="json", round_trip=True, exclude_unset=True)
        place = rng.choice(_FIRST) + rng.choice(_SECOND)
        for employer in drawn["employers"]:
            kind = rng.choice(list(_KINDS))
            employer.update(kind=kind, name=f"{place} {employer['short']} {_KINDS[kind]}")
        drawn |= {"title": f"{place} {number + 1}", "agreements": ["partnership", "recognition"]}
        yield f"{number + 1:04}-{place.lower()}", _valid(drawn)


def _valid(data: dict[str, Any]) -> dict[str, Any]:
    """Return the settings without those that only fitted what was drawn before; all fit one another again."""
    needed = {"employers", "unions", "title", "agreements"}
    try:
        Config.model_validate(data)
    except ValueError:
        data = {key: value for key, value in data.items() if key in needed}
        Config.model_validate(data)
    return data


def write_organisations(count: int, folder: Path, seed: int = 0) -> None:
    """Write invented organisations as configurations, a file each.

    Args:
        count: How many.
        folder: Where they go; made if it is not there.
        seed: What they are drawn from.

    Raises:
        OutputError: AK723 when the folder cannot be written to.
    """
    waiting: list[tuple[str, bytes]] = []
    for name, data in organisations(count, seed):
        text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)
        waiting.append((f"{name}.yaml", text.encode()))
        if len(waiting) == _CHUNK:
            save_all(folder, waiting)
            waiting = []
    save_all(folder, waiting)


@click.command()
@click.option("--count", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="Organisations.")
@click.option("--seed", type=int, default=0, show_default=True, help="What they are drawn from.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def main(count: int, seed: int, folder: Path) -> None:
    """Write configurations of invented organisations into FOLDER."""
    write_organisations(count, folder, seed)
    click.echo(f"{count:,} configurations in {folder}")


if __name__ == "__main__":
    main()
