"""Which names the server answers to, so that no foreign name can be pointed at it.

A page on a name of its own may let that name lead to 127.0.0.1 later (DNS rebinding,
https://en.wikipedia.org/wiki/DNS_rebinding) and would then be of one origin with the server. The
browser still sends the foreign name as `Host`.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import FOREIGN_HOST, problem

ANY = "*"
_PORT = re.compile(r":\d*$")


class Hosts:
    """ASGI middleware: a request for a foreign name gets a 421 that says how to allow the name.

    Answered to are localhost, IP addresses (no name, so nothing to point elsewhere), the name that
    the server is bound to and those that the setting `hosts` lists; all where that is `*`. A
    request without `Host` comes from no browser.
    """

    def __init__(self, app: ASGIApp, bound: str, hosts: str) -> None:
        self._app = app
        names = ("localhost", bound, *re.split(r"[\s,，]+", hosts))
        self._names = {_plain(name) for name in names} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "http" and not self._allowed(Headers(scope=scope).getlist("host")):
            detail = (
                "请求的主机名不是本服务的。请用 http://127.0.0.1 或服务器的 IP 地址访问；"
                "要用主机名，请管理员把它写进设置 hosts（ZHANGJIE_HOSTS），几个名字以逗号分开。"
            )
            await problem(FOREIGN_HOST, detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _allowed(self, hosts: list[str]) -> bool:
        if ANY in self._names or not hosts:
            return True
        name = _plain(_PORT.sub("", hosts[0]))
        return len(hosts) == 1 and (name in self._names or _is_address(name))


def _plain(name: str) -> str:
    return name.strip().lower().removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True
