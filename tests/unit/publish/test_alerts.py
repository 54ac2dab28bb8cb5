"""An alert reaches the outbox always, and a webhook or mail server only if settings name one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from orchestration.publish.alerts import raise_alert
from orchestration.settings import Settings

TOLD = {"stage": "gate", "sentence": "Refused: 1 release rules fail.", "exit_code": 2, "run_id": "0123456789"}


@pytest.fixture
def heard() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A web server on this machine and what was posted to it."""
    posted: list[dict[str, Any]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/alert", posted
    server.shutdown()


def test_without_a_receiver_the_outbox_alone_is_written(tmp_path: Path) -> None:
    place = raise_alert(Settings(home=tmp_path / "home"), **TOLD)
    alert = json.loads(place.read_text(encoding="utf-8"))
    assert place.parent == tmp_path / "home" / "outbox"
    assert alert["kind"] == "refused"
    assert alert["sentence"] == TOLD["sentence"]
    assert alert["not_delivered"] == []


def test_a_webhook_hears_the_same_alert(tmp_path: Path, heard: tuple[str, list[dict[str, Any]]]) -> None:
    address, posted = heard
    place = raise_alert(Settings(home=tmp_path / "home", webhook_url=address), **TOLD)
    assert posted == [json.loads(place.read_text(encoding="utf-8"))]


def test_a_receiver_that_cannot_be_reached_is_noted(tmp_path: Path) -> None:
    deaf = Settings(
        home=tmp_path / "home",
        webhook_url="http://127.0.0.1:9/alert",
        smtp_host="127.0.0.1",
        smtp_port=9,
        smtp_to="office@example.org",
    )
    alert = json.loads(raise_alert(deaf, **TOLD).read_text(encoding="utf-8"))
    assert alert["not_delivered"] == ["webhook", "smtp"]
