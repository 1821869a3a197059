"""Where a store is and who asks: an address without secrets, and credentials from the environment or from netrc."""

import netrc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from her2ld.errors import LoadError, Problem
from her2ld.loading.presets import Authentication

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Signing = Callable[[httpx.Request], httpx.Request]

USER_VARIABLE, PASSWORD_VARIABLE = "HER2LD_STORE_USER", "HER2LD_STORE_PASSWORD"  # a name, no password
HOW_TO_GIVE_THEM = f"put them into ~/.netrc, or into {USER_VARIABLE} and {PASSWORD_VARIABLE}"


def is_address(target: str) -> bool:
    """Tell whether a target is the address of a store, and no folder.

    >>> is_address("http://localhost:7878"), is_address("her2-store")
    (True, False)
    """
    return target.lower().startswith(("http://", "https://"))


def checked_address(address: str) -> str:
    """Return the address of a store without a slash at its end.

    Raises LoadError where it is none, or carries what belongs into no command line: user, password, token.
    """
    try:
        parts = urlsplit(address)
        host, secret = parts.hostname, parts.username is not None or bool(parts.query or parts.fragment)
        place = f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        host, secret, place = None, False, "the address of the store"
    if secret:
        what = "carries a user, a password or parameters, which others can see on a command line"
        raise LoadError([Problem(place, what, f"leave them out; {HOW_TO_GIVE_THEM}")])
    if not host:
        raise LoadError([Problem(place, "is no address", "write http://HOST:PORT/…")])
    return address.rstrip("/")


def authentication(address: str, kind: Authentication) -> "httpx.Auth | Signing | None":
    """Return what authenticates at the address; None where no credentials are known for it.

    Raises LoadError where they cannot be understood.
    """
    import httpx  # heavy, and only for stores on the network

    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        user, password = _from_netrc(urlsplit(address).hostname or "")
    if password is None:
        return None
    if kind == "bearer":
        return partial(_signed, password)
    if not user:
        what = f"{PASSWORD_VARIABLE} is set and {USER_VARIABLE} is not"
        raise LoadError([Problem("the environment", what, "set both")])
    return httpx.DigestAuth(user, password) if kind == "digest" else httpx.BasicAuth(user, password)


def _signed(token: str, request: "httpx.Request") -> "httpx.Request":
    request.headers["Authorization"] = f"Bearer {token}"
    return request


def _from_netrc(host: str) -> tuple[str | None, str | None]:
    file = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    try:
        found = netrc.netrc(file).authenticators(host)
    except FileNotFoundError:
        return None, None
    except (OSError, netrc.NetrcParseError) as error:
        what = "cannot be read" if isinstance(error, OSError) else f"is not understood in line {error.lineno}"
        raise LoadError([Problem(str(file), what, "mend it, or use the environment")]) from None  # may quote a password
    return (found[0], found[2]) if found else (None, None)
