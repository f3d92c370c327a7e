"""Chromium for tests: drives the machine's own browser, without a network and without downloads of drivers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from built import program
from selenium import webdriver
from selenium.common.exceptions import NoAlertPresentException, UnexpectedAlertPresentException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
WIDE, MIDDLE, NARROW = 1440, 900, 420

Driver = webdriver.Chrome
Open = Callable[..., Driver]


def start(downloads: Path, *, script: bool = True) -> Driver:
    """Start a browser that saves into a folder; skip the test where there is none."""
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser")
    for flag in FLAGS:
        options.add_argument(flag)
    settings: dict[str, Any] = {"download.default_directory": str(downloads), "download.prompt_for_download": False}
    if not script:
        settings["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", settings)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
    driver.set_script_timeout(120)
    return driver


def leave(driver: Driver) -> None:
    """Leave the page, whatever it asks."""
    with contextlib.suppress(UnexpectedAlertPresentException):
        driver.get("about:blank")
    with contextlib.suppress(NoAlertPresentException):
        driver.switch_to.alert.accept()


def one(driver: Driver, selector: str) -> Any:
    """Return the first element that a selector finds."""
    return driver.find_element(By.CSS_SELECTOR, selector)
