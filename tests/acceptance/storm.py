"""Races and cancelled writes against the bookshop.

Usage: storm.py run BASE_URL FILE   races, then the storm; ids of acknowledged writes go to FILE
       storm.py verify BASE_URL FILE   asks for each of them

AUTHORIZATION in the environment is sent along with each request.

Status 1 with a sentence when a race has no or two winners, an acknowledged write is lost, or any answer is a 5xx.
"""

import collections
import http.client
import json
import os
import random
import socket
import sys
import threading
import time
from urllib.parse import urlsplit

AUTHORIZATION = os.environ["AUTHORIZATION"]
WRITERS = 64
RACES = 20
ROUNDS = 8000
# Seconds until a client hangs up: before its write begins, within it, and after it.
PATIENCE = (0.00015, 0.004, 0.05)


class Api:
    def __init__(self, base):
        parts = urlsplit(base)
        self.host, self.port, self.prefix = parts.hostname, parts.port, parts.path
        self.http = http.client.HTTPConnection(self.host, self.port, timeout=60)

    def call(self, method, path, body=None, **headers):
        """Status and JSON; never a 5xx."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["authorization"] = AUTHORIZATION
        if body is not None:
            headers["content-type"] = "application/json"
        self.http.request(method, self.prefix + path, None if body is None else json.dumps(body), headers)
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status >= 500:
            sys.exit(f"{method} {path}: {answer.status} {text[:500]!r}")
        return answer.status, json.loads(text) if text else None

    def make(self, path, body):
        status, answer = self.call("POST", path, body)
        if status != 201:
            sys.exit(f"POST {path}: {status} {answer}")
        return answer["data"]


def book(author, number, title=None):
    return {
        "isbn": f"978{number:010}",
        "title": title or f"Book {number}",
        "author_id": author,
        "format": "paperback",
        "price": "12.50",
        "tags": ["storm", f"tag {number % 7}"],
    }


def race(base, request):
    """Sends `request(api, writer)` from all writers at once and counts the statuses."""
    gate = threading.Barrier(WRITERS)
    statuses, faults = [], []

    def work(number):
        try:
            api = Api(base)
            api.call("GET", "/tags?limit=1")
            gate.wait()
            statuses.append(request(api, number)[0])
        except SystemExit as fault:
            faults.append(fault.code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        sys.exit(f"{len(faults)} writers failed: {faults[0]}")
    return collections.Counter(statuses)


def races(base):
    api = Api(base)
    author = api.make("/authors", {"name": "Race"})["id"]
    for number in range(RACES):
        won = race(base, lambda api, writer: api.call("POST", "/books", book(author, number, f"Race {number} {writer}")))
        if won != {201: 1, 409: WRITERS - 1}:
            sys.exit(f"{WRITERS} writers of one isbn: {dict(won)}")
        row = api.make("/books", book(author, 1000 + number))
        tag = f'"{row["version"]}"'
        won = race(base, lambda api, writer: api.call("PATCH", f"/books/{row['slug']}", {"price": f"{writer + 1}.00"}, if_match=tag))
        if won != {200: 1, 412: WRITERS - 1}:
            sys.exit(f"{WRITERS} updates of one version: {dict(won)}")
        status, after = api.call("GET", f"/books/{row['slug']}")
        if status != 200 or after["data"]["version"] != row["version"] + 1:
            sys.exit(f"after the race: {status} {after}")
    for number in range(RACES):
        path = "/orders/" + api.make("/orders", {"number": f"RC-{number:06}"})["id"]
        for verb, state in (("place", "placed"), ("cancel", "cancelled")):
            won = race(base, lambda api, writer: move(api, f"{path}/{verb}", state))
            if won != {200: 1, 409: WRITERS - 1}:
                sys.exit(f"{WRITERS} moves of one order, {verb}: {dict(won)}")
    print(f"{RACES} races of {WRITERS} for one isbn, {RACES} for one version, {2 * RACES} for one move: one winner each")


def move(api, path, state):
    """One move; who comes too late is told both states."""
    status, answer = api.call("POST", path, if_match="*")
    if status == 409 and (answer["from"], answer["to"]) != (state, state):
        sys.exit(f"POST {path}: {answer}")
    return status, answer


def cancel(api, body, patience):
    """Sends a write and hangs up before its answer can be read."""
    text = json.dumps(body).encode()
    head = f"POST {api.prefix}/books HTTP/1.1\r\nhost: x\r\nauthorization: {AUTHORIZATION}\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
    with socket.create_connection((api.host, api.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(head.encode() + text)
        time.sleep(patience)


def storm(base, path):
    author = Api(base).make("/authors", {"name": "Storm"})["id"]
    stop, kept, faults, lock = threading.Event(), [], [], threading.Lock()
    cancelled = [0]

    def hang_up(worker):
        try:
            api, chance = Api(base), random.Random(worker)
            for number in range(ROUNDS // 8):
                cancel(api, book(author, 5_000_000 + worker * 100_000 + number), chance.uniform(0, chance.choice(PATIENCE)))
                with lock:
                    cancelled[0] += 1
                # Who never waits for an answer sends faster than any database writes: that is another test.
                if number % 4 == 0:
                    keep("authors", api.make("/authors", {"name": f"Waited {worker} {number}"})["id"])
        except SystemExit as fault:
            faults.append(fault.code)

    def keep(path, key):
        with lock:
            kept.append((path, key))

    def write(worker):
        try:
            api, number = Api(base), 0
            while not stop.is_set():
                number += 1
                keep("authors", api.make("/authors", {"name": f"Kept {worker} {number}"})["id"])
                keep("books", api.make("/books", book(author, 8_000_000 + worker * 100_000 + number))["slug"])
        except SystemExit as fault:
            faults.append(fault.code)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    cancellers = [threading.Thread(target=hang_up, args=(number,)) for number in range(8)]
    for thread in writers + cancellers:
        thread.start()
    for thread in cancellers:
        thread.join()
    stop.set()
    for thread in writers:
        thread.join()
    if faults:
        sys.exit(f"a writer failed during the storm: {faults[0]}")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(kept, file)
    print(f"{cancelled[0]} writes cancelled, {len(kept)} acknowledged")


def verify(base, path):
    api = Api(base)
    with open(path, encoding="utf-8") as file:
        kept = json.load(file)
    lost = [entry for entry in kept if api.call("GET", f"/{entry[0]}/{entry[1]}")[0] != 200]
    if lost or not kept:
        sys.exit(f"{len(lost)} of {len(kept)} acknowledged writes are lost, such as {lost[:3]}")
    print(f"{len(kept)} acknowledged writes, 0 lost")


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("run", "verify"):
        sys.exit(__doc__)
    verb, base, path = sys.argv[1], sys.argv[2].rstrip("/"), sys.argv[3]
    if verb == "run":
        races(base)
        storm(base, path)
    verify(base, path)


main()
