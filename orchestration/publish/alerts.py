"""Tell the office that a run failed or was refused: a file in the outbox always, a webhook or a mail if configured.

An alert holds a stage, a sentence of ours and counts. No cell and no name can reach it.
"""

from __future__ import annotations

import json
import smtplib
import urllib.request
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from orchestration.settings import Settings

PATIENCE_SECONDS = 10


def raise_alert(settings: Settings, *, stage: str, sentence: str, exit_code: int, run_id: str) -> Path:
    """Write ``outbox/<time>-<run>.json`` and send it on where settings name a receiver.

    A receiver that cannot be reached is noted in the alert and never fails the run a second time.
    """
    undelivered: list[str] = []
    alert: dict[str, object] = {
        "raised_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "kind": "refused" if exit_code == 2 else "could_not_run",
        "stage": stage,
        "sentence": sentence,
        "exit_code": exit_code,
        "run_id": run_id,
        "not_delivered": undelivered,
    }
    settings.outbox.mkdir(parents=True, exist_ok=True)
    place = settings.outbox / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{run_id[:8]}.json"
    place.write_text(json.dumps(alert, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, send in (("webhook", _post), ("smtp", _mail)):
        try:
            send(settings, alert)
        except Exception:  # noqa: BLE001 - a wrong address in the settings must not cost the alert itself
            undelivered.append(name)
    if undelivered:
        place.write_text(json.dumps(alert, ensure_ascii=False, indent=1), encoding="utf-8")
    return place


def _post(settings: Settings, alert: dict[str, object]) -> None:
    if settings.webhook_url is None:
        return
    request = urllib.request.Request(  # noqa: S310 - the office's own setting names the address
        settings.webhook_url,
        data=json.dumps(alert, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS):  # noqa: S310
        pass


def _mail(settings: Settings, alert: dict[str, object]) -> None:
    if settings.smtp_host is None or settings.smtp_to is None:
        return
    message = EmailMessage()
    message["Subject"] = f"Taizhang: {alert['kind']}"
    message["From"] = settings.smtp_from or settings.smtp_to
    message["To"] = settings.smtp_to
    message.set_content(json.dumps(alert, ensure_ascii=False, indent=1))
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE_SECONDS) as server:
        server.send_message(message)
