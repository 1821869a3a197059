"""The Content-Security-Policy of each page: nothing from elsewhere, no script and no style within the page."""

from her2ld.pages import places

_PARTS = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
# The editor asks the endpoint. It puts one style into the page, for the columns of its tables, which the digest names.
_STYLE_OF_EDITOR = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_EDITOR_PARTS = {"connect-src": "'self'", "style-src": f"'self' {_STYLE_OF_EDITOR}"}


def content_security_policy(path: str) -> str:
    """Return the value of the header for the page of a path.

    >>> content_security_policy("HER2").startswith("default-src 'none'; base-uri 'none'")
    True
    """
    parts = _PARTS | (_EDITOR_PARTS if path == places.QUERY else {})
    return "; ".join(f"{name} {value}" for name, value in parts.items())


CONTENT_SECURITY_POLICY = content_security_policy(places.HOME)
