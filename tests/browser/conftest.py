"""Chromium with a review copy open in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import EXAMPLES
from chromium import WIDE, Driver, Open, leave, start

from agreementkit import AgreementSet, Config, assemble

SUFFOLK = next(path for path in EXAMPLES if path.stem == "suffolk-ccgs")


@pytest.fixture(scope="session")
def agreements() -> AgreementSet:
    return assemble(Config.load(SUFFOLK))


@pytest.fixture(scope="session")
def copies(agreements: AgreementSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the review copies of the founding case."""
    folder = tmp_path_factory.mktemp("copies")
    agreements.write(folder, ["html"])
    return folder


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Driver, Path]]:
    """One browser for all tests, with the folder of its downloads."""
    downloads = tmp_path_factory.mktemp("downloads")
    driver = start(downloads)
    yield driver, downloads
    driver.quit()


@pytest.fixture
def page(browser: tuple[Driver, Path], copies: Path) -> Iterator[Open]:
    """Open a review copy afresh, at a width, in light or dark; at the end no fault may stand in the console."""
    driver, _ = browser

    def open_page(width: int = WIDE, *, dark: bool = False, file: Path | None = None, forget: bool = True) -> Driver:
        metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})
        leave(driver)
        address = (file or copies / "recognition-agreement.html").as_uri()
        driver.get(address)
        if forget and driver.execute_script("return document.querySelector('.comment') || localStorage.length > 1"):
            driver.execute_script("localStorage.clear()")
            leave(driver)
            driver.get(address)
        return driver

    yield open_page
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    kinds = ("javascript", "security", "network")
    faults = [one for one in driver.get_log("browser") if one["level"] == "SEVERE" and one["source"] in kinds]
    assert not faults, json.dumps(faults, indent=1)
    leave(driver)
