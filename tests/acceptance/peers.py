"""Two customers of the bookshop, each with rows of their own.

Usage: peers.py seed BASE_URL FILE    rows of each, found by FILE from then on
       peers.py verify BASE_URL FILE  status 1 with a sentence where a row of Ben's is not as he left it
       peers.py time BASE_URL FILE    status 1 where the time of an answer tells a row of somebody else from none

ADMIN, ANN and BEN in the environment are bearer tokens; Ann and Ben have no role.
"""

import http.client
import json
import os
import random
import sys
import time
import uuid
from urllib.parse import urlsplit

PAIRS = 2000
# Of |AUC - 0.5|: what a guess by time may gain.
GAIN = 0.1


class Api:
    def __init__(self, base, token):
        parts = urlsplit(base)
        self.http = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.prefix, self.token = parts.path, token

    def call(self, method, path, body=None, **headers):
        """Status and JSON."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["authorization"] = f"Bearer {self.token}"
        if body is not None:
            headers["content-type"] = "application/json"
        self.http.request(method, self.prefix + path, None if body is None else json.dumps(body), headers)
        answer = self.http.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def row(self, method, path, body=None, **headers):
        status, answer = self.call(method, path, body, **headers)
        if status not in (200, 201):
            sys.exit(f"{method} {path}: {status} {answer}")
        return answer["data"]


def connect(base):
    return {name: Api(base, os.environ[name.upper()]) for name in ("admin", "ann", "ben")}


def seed(base, path):
    apis = connect(base)
    admin = apis["admin"]
    author = admin.row("POST", "/authors", {"name": "Peer"})["id"]
    book = {"author_id": author, "format": "paperback", "price": "9.90"}
    books = [admin.row("POST", "/books", {**book, "isbn": f"978{n:010}", "title": f"Peer {n}"}) for n in range(3)]
    peers = {name: rows_of(apis[name], admin, name, books) for name in ("ann", "ben")}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(peers, file)
    print({name: {path: len(ids) for path, ids in peer["ids"].items()} for name, peer in peers.items()})


def rows_of(api, admin, name, books):
    """What belongs to somebody: ids by path, words that nobody else may read, and every row as its owner sees it."""
    secret = f"secret-{name}-{uuid.uuid4().hex}"
    me = api.row("GET", "/me")
    api.row("PATCH", f"/customers/{me['id']}", {"name": secret})
    orders, lines, reviews, seen = [], [], [], [f"/customers/{me['id']}"]
    for number, book in enumerate(books):
        order = {"number": f"{name[:2].upper()}-{number:06}", "note": f"{secret}-{number}"}
        orders.append(api.row("POST", "/orders", order)["id"])
        line = {"order_id": orders[-1], "book_id": book["id"], "quantity": number + 1, "unit_price": "9.90"}
        lines.append(admin.row("POST", "/lines", line)["id"])
        review = api.row("POST", f"/books/{book['slug']}/reviews", {"stars": 5, "text": f"by {name}"})
        reviews.append((book["slug"], review["id"]))
        seen += [f"/orders/{orders[-1]}", f"/lines/{lines[-1]}", f"/books/{book['slug']}/reviews/{review['id']}"]
    return {
        "secret": secret,
        "ids": {
            "/customers/{id}": [{"id": me["id"]}],
            "/orders/{id}": [{"id": order} for order in orders],
            "/lines/{id}": [{"id": line} for line in lines],
            "/books/{book}/reviews/{id}": [{"book": slug, "id": review} for slug, review in reviews],
        },
        "rows": {path: api.row("GET", path) for path in seen},
    }


def verify(base, path):
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)["ben"]["rows"]
    api = Api(base, os.environ["BEN"])
    for uri, row in rows.items():
        status, answer = api.call("GET", uri)
        if status != 200 or answer["data"] != row:
            sys.exit(f"{uri} is not as it was: {status} {answer}\nbefore: {row}")
    print(f"{len(rows)} rows are as their owner left them")


def auc(a, b):
    """The chance that one of `a` took longer than one of `b`, by the rank sum (Mann and Whitney, 1947)."""
    both = sorted([(value, 0) for value in a] + [(value, 1) for value in b])
    ranks, at = 0.0, 0
    while at < len(both):
        end = at
        while end < len(both) and both[end][0] == both[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(1 for _, group in both[at:end] if group == 0)
        at = end
    return (ranks - len(a) * (len(a) + 1) / 2) / (len(a) * len(b))


def timed(api, method, path, body):
    headers = {"if_match": '"1"'} if method != "GET" else {}
    begin = time.perf_counter_ns()
    status, answer = api.call(method, path, body, **headers)
    elapsed = time.perf_counter_ns() - begin
    if status != 404:
        sys.exit(f"{method} {path}: {status} {answer}, and not 404")
    return elapsed


def tell(base, path):
    with open(path, encoding="utf-8") as file:
        ids = json.load(file)["ben"]["ids"]
    api, chance, told = Api(base, os.environ["ANN"]), random.Random(7), []
    asked = [
        ("GET", "/orders/{id}", None),
        ("GET", "/lines/{id}", None),
        ("PATCH", "/orders/{id}", {"note": "x"}),
        ("DELETE", "/lines/{id}", None),
    ]
    for method, template, body in asked:
        foreign = [template.format(**each) for each in ids[template]]
        missing = [template.format(id=uuid.UUID(int=uuid.UUID(each["id"]).int ^ chance.getrandbits(62))) for each in ids[template]]
        for what, others in (("somebody's and none", foreign), ("none and none (control)", missing)):
            times = ([], [])
            for number in range(PAIRS + 200):
                pair = [(0, others[number % len(others)]), (1, missing[(number + 1) % len(missing)])]
                chance.shuffle(pair)
                for group, uri in pair:
                    elapsed = timed(api, method, uri, body)
                    if number >= 200:  # what comes before is for caches to fill
                        times[group].append(elapsed)
            gain = abs(auc(*times) - 0.5)
            print(f"{method:6} {template:14} {what:24} |AUC - 0.5| = {gain:.3f} over {PAIRS} pairs")
            if gain > GAIN:
                told.append(f"{method} {template} ({what})")
    if told:
        sys.exit(f"time tells: {told}")


def main():
    verbs = {"seed": seed, "verify": verify, "time": tell}
    if len(sys.argv) != 4 or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    verbs[sys.argv[1]](sys.argv[2].rstrip("/"), sys.argv[3])


main()
