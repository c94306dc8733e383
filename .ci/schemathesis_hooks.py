"""What the api checks and no schema can say. Without this, Schemathesis would take these refusals for faults."""

import schemathesis

MAX_CONDITIONS = 50
MAX_CURSOR_LENGTH = 1000


@schemathesis.hook
def filter_body(context, body):
    """Leave out queries that may have more conditions than are allowed."""
    query = body.get("query") if isinstance(body, dict) else None
    return size(query) <= MAX_CONDITIONS


@schemathesis.hook
def before_call(context, case, kwargs):
    """Drop a well-formed cursor: one that the api has not given is refused."""
    cursor = case.body.get("cursor") if isinstance(case.body, dict) else None
    if isinstance(cursor, str) and len(cursor) <= MAX_CURSOR_LENGTH:
        del case.body["cursor"]


def size(value):
    """Names and list items in a value, at any depth; a query has no more conditions than that."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return sum(1 + size(part) for part in parts)
