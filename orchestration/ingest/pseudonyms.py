"""Keyed pseudonyms: an identifier goes in, 128 bits of HMAC-SHA-256 come out, and the key stays outside the home.

One root key per county office; every purpose has its own key derived from it, so that two purposes cannot be joined.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from orchestration.errors import CouldNotRun
from orchestration.settings import Settings

KEY_BYTES = 32
PURPOSES = ("register", "fee", "service", "linkage")
_CHECK_MESSAGE = b"taizhang key check"


class Pseudonyms:
    """Makes keys for identifiers from one root key."""

    def __init__(self, root: bytes) -> None:
        self._keyed = {
            purpose: _keyed(hmac.digest(root, b"taizhang purpose\x1f" + purpose.encode(), "sha256"))
            for purpose in PURPOSES
        }

    def key(self, purpose: str, domain: str, identifier: str) -> str:
        """32 hex characters for a normalised identifier of a domain (person, household, case)."""
        inner, outer = self._keyed[purpose]
        inner = inner.copy()
        inner.update(f"{domain}\x1f{identifier}".encode())
        outer = outer.copy()
        outer.update(inner.digest())
        return outer.hexdigest()[:32]


def _keyed(key: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """The two halves of HMAC-SHA-256 with the key already in: a copy for each identifier is half of a fresh start."""
    block = key.ljust(64, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in block)), hashlib.sha256(bytes(byte ^ 0x5C for byte in block))


def load(settings: Settings, *, lake_is_empty: bool) -> Pseudonyms:
    """Read the root key, make it on the very first use, and see that it is the one this lake was written with.

    Raises:
        CouldNotRun: the key is missing, damaged, readable by others, or another one than the lake's.
    """
    path, check_file = settings.key_file, settings.lake / "key_check"
    if not path.exists():
        if not lake_is_empty:
            raise _refused("The pseudonym key is missing.", "假名密钥文件缺失。", path)
        _create(path)
    root = _read(path)
    check = key_check(root)
    if check_file.exists():
        written = check_file.read_text("ascii", errors="replace").strip()
        if not hmac.compare_digest(written.encode(), check.encode()):
            if not lake_is_empty:
                raise _refused(
                    "The pseudonym key is not the one this lake was written with.", "假名密钥与数据湖不匹配。", path
                )
            _write_check(check_file, check)
    elif lake_is_empty:
        _write_check(check_file, check)
    else:
        raise _refused("The lake has lost its key check.", "数据湖缺少密钥校验文件。", check_file)
    return Pseudonyms(root)


def key_check(root: bytes) -> str:
    """16 hex characters that tell one root key from another without revealing it."""
    return hmac.digest(root, _CHECK_MESSAGE, "sha256")[:8].hex()


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise _refused("The pseudonym key cannot be made.", "无法生成假名密钥文件。", path) from None
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(secrets.token_bytes(KEY_BYTES))
        handle.flush()
        os.fsync(handle.fileno())


def _read(path: Path) -> bytes:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise _refused("The pseudonym key can be read by others.", "假名密钥文件权限过宽,应为 0600。", path)
        root = path.read_bytes()
    except OSError:
        raise _refused("The pseudonym key cannot be read.", "假名密钥文件无法读取。", path) from None
    if len(root) != KEY_BYTES:
        raise _refused(
            "The pseudonym key is damaged: it is not 32 bytes long.", "假名密钥文件损坏,长度应为 32 字节。", path
        )
    return root


def _write_check(path: Path, check: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(".key_check.tmp")
    temporary.write_text(check + "\n", "ascii")
    temporary.chmod(0o600)
    temporary.replace(path)


def _refused(message_en: str, message_zh: str, path: Path) -> CouldNotRun:
    return CouldNotRun(
        message_en,
        message_zh,
        address=str(path),
        remedy_en="Put back the key file of this home (TAIZHANG_KEY_FILE, mode 0600): another would rename everybody.",
        remedy_zh="请恢复本目录对应的密钥文件(TAIZHANG_KEY_FILE,权限 0600),否则同一人会得到不同的假名。",
    )
