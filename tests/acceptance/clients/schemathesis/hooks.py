"""What Schemathesis cannot draw by itself. Requests that are meant to be wrong stay as they are."""

import base64
import json
import re

import schemathesis
from schemathesis.generation import GenerationMode

TAG = re.compile(r'(W/)?"[!#-~]*"')


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    # The coverage phase holds `0` for the valid value of a header whose pattern has quotes.
    for name, value in list((case.headers or {}).items()):
        if name.lower() == "if-match" and value != "*" and not TAG.match(str(value)):
            case.headers[name] = '"1"'
    keep_the_check(case)
    # A cursor is opaque: only one that the service gave is valid.
    if case.query and "cursor" in case.query and not given(case.query["cursor"]):
        del case.query["cursor"]


def given(cursor):
    try:
        return isinstance(json.loads(base64.urlsafe_b64decode(str(cursor) + "=" * (-len(str(cursor)) % 4))), list)
    except ValueError:
        return False


def keep_the_check(case):
    """Only ebooks are free: a condition on two fields, of which one is a decimal, is no JSON Schema."""
    body = case.body
    if not re.search(r"/books(/[^/]+)?$", case.path) or not isinstance(body, dict):
        return
    free = "price" in body and float(body["price"]) <= 0
    if case.method.upper() == "POST" and free:
        body["format"] = "ebook"
    if case.method.upper() == "PATCH" and (free or body.get("format", "ebook") != "ebook"):
        body["price"] = "1.00"
