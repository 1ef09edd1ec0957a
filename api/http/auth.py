"""Who may write: whoever sends the token that the settings name."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security.api_key import APIKeyHeader

from api.http.dependencies import Base
from corpus.errors import ZhangjieError

_REALM = 'Bearer realm="zhangjie"'
_HEADER = APIKeyHeader(
    name="Authorization",
    scheme_name="令牌",
    description="Bearer 加空格加启动服务时设的 admin_token",
    auto_error=False,
)


class WritingOff(ZhangjieError):
    """The settings name no token, so nobody may write."""

    def __init__(self) -> None:
        super().__init__(
            "这个服务没有开放写入",
            "请设 ZHANGJIE_ADMIN_TOKEN 或 zhangjie.toml 的 admin_token 后重启服务，再以它为令牌",
        )


class Unauthorized(ZhangjieError):
    """The token is missing or wrong; `challenge` is the header WWW-Authenticate (RFC 6750)."""

    def __init__(self, message: str, challenge: str) -> None:
        super().__init__(message, "请在请求头写 Authorization: Bearer 加启动服务时设的令牌")
        self.challenge = challenge


def writable(base: Base) -> bool:
    """Whether anybody may write."""
    return bool(base.settings.admin_token.strip())


async def _writer(base: Base, header: Annotated[str | None, Security(_HEADER)]) -> None:
    if not writable(base):
        raise WritingOff
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("没有给出令牌", _REALM)
    # Headers come as Latin-1, whatever bytes they are.
    given = token.strip().encode("latin-1", "replace")
    if not hmac.compare_digest(given, base.settings.admin_token.strip().encode()):
        raise Unauthorized("令牌不对", f'{_REALM}, error="invalid_token"')


Writer = Depends(_writer)
"""Lets through who may write; WritingOff (403) or Unauthorized (401) for others."""
