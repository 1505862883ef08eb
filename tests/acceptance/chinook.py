"""Loads Chinook over HTTP, compares what comes back, walks lists by cursor while others write.

Usage: chinook.py BASE_URL, of a service whose database is empty. Status 1 with a sentence when anything differs.
"""

import http.client
import json
import pathlib
import re
import sys
import threading
import time
from urllib.parse import urlsplit

DATA = pathlib.Path(__file__).resolve().parents[2] / "specs/chinook/data/chinook.json"
# Table -> path of its list; in the order of loading. `playlist_track` is loaded with the playlists.
PATHS = {
    "genre": "genres",
    "media_type": "media-types",
    "artist": "artists",
    "album": "albums",
    "track": "tracks",
    "employee": "employees",
    "customer": "customers",
    "invoice": "invoices",
    "invoice_line": "invoice-lines",
    "playlist": "playlists",
}
# Columns whose name in the API differs, and columns that refer to another table.
RENAMED = {"reports_to": "reports_to_id"}
REFERENCES = {
    "artist_id": "artist",
    "album_id": "album",
    "media_type_id": "media_type",
    "genre_id": "genre",
    "reports_to_id": "employee",
    "support_rep_id": "employee",
    "customer_id": "customer",
    "invoice_id": "invoice",
    "track_id": "track",
}
MOMENTS = {"birth_date", "hire_date", "invoice_date"}


class Api:
    """One connection."""

    def __init__(self, base):
        parts = urlsplit(base)
        self.prefix = parts.path
        self.http = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)

    def call(self, method, path, body=None, expect=(200,)):
        """The answer's JSON and headers."""
        url = path if path.startswith(self.prefix + "/") else f"{self.prefix}/{path}"
        headers = {} if body is None else {"content-type": "application/json"}
        self.http.request(method, url, None if body is None else json.dumps(body), headers)
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status not in expect:
            sys.exit(f"{method} {url}: {answer.status} {text[:500]!r}")
        return (json.loads(text) if text else None), answer.headers

    def pages(self, path):
        """Every page of a list, by the `Link` header."""
        while path:
            rows, headers = self.call("GET", path)
            yield rows
            path = following(headers.get("link"))


def following(link):
    found = re.search(r'<([^>]*)>;\s*rel="?next"?', link or "")
    if not found:
        return None
    parts = urlsplit(found.group(1))
    return f"{parts.path}?{parts.query}"


def moment(text):
    year, month, day = (int(part) for part in text.split("/"))
    return f"{year:04}-{month:02}-{day:02}T00:00:00Z"


def same_moment(left, right):
    """RFC 3339 with or without a fraction of zeros."""
    return re.sub(r"\.0+Z$", "Z", left) == re.sub(r"\.0+Z$", "Z", right)


def bodies(tables, ids):
    """(table, number of the row, body of its creation), in the order of loading."""
    tracks = {}
    for playlist, track in tables["playlist_track"]["rows"]:
        tracks.setdefault(playlist, []).append(track)
    for table in PATHS:
        columns = [RENAMED.get(name, name) for name in tables[table]["columns"]]
        for number, row in enumerate(tables[table]["rows"], 1):
            body = {}
            for name, value in zip(columns, row):
                if value is not None and name in MOMENTS:
                    value = moment(value)
                elif value is not None and name in REFERENCES:
                    value = ids[REFERENCES[name]][value]
                body[name] = value
            if table == "playlist":
                body["tracks"] = [ids["track"][track] for track in tracks.get(number, [])]
            yield table, number, body


def load(api, tables):
    ids = {table: {} for table in PATHS}
    sent = {table: {} for table in PATHS}
    begin = time.monotonic()
    for table, number, body in bodies(tables, ids):
        row, headers = api.call("POST", PATHS[table], body, expect=(201,))
        ids[table][number] = row["id"]
        sent[table][row["id"]] = body
        if not headers.get("location", "").endswith(f"/{PATHS[table]}/{row['id']}"):
            sys.exit(f"{table} {number}: Location is {headers.get('location')}")
    total = sum(len(rows) for rows in sent.values())
    print(f"loaded {total} rows in {time.monotonic() - begin:.1f} s")
    return sent


def compare(api, tables, sent):
    for table, path in PATHS.items():
        include = "&include=tracks" if table == "playlist" else ""
        size = 50 if table == "playlist" else 100
        rows = {}
        for page in api.pages(f"{path}?limit={size}{include}"):
            for row in page:
                if row["id"] in rows:
                    sys.exit(f"{path}: id {row['id']} came twice")
                rows[row["id"]] = row
        expected = len(tables[table]["rows"])
        if len(rows) != expected:
            sys.exit(f"{path}: {len(rows)} rows, {expected} expected")
        for key, body in sent[table].items():
            differs(path, key, body, rows[key])
        if table == "playlist":
            links = sum(len(row["tracks"]) for row in rows.values())
            if links != len(tables["playlist_track"]["rows"]):
                sys.exit(f"playlist_track: {links} rows, {len(tables['playlist_track']['rows'])} expected")
            print(f"playlist_track: {links}")
            counts = {key: len(row["tracks"]) for key, row in rows.items()}
            computed(path, "track_count", rows, counts)
        if table == "album":
            albums = [row[tables["track"]["columns"].index("album_id")] for row in tables["track"]["rows"]]
            computed(path, "track_count", rows, {key: albums.count(key) for key in rows})
        if table == "invoice":
            computed(path, "lines_total", rows, {key: row["total"] for key, row in rows.items()})
        print(f"{table}: {len(rows)}")


def computed(path, name, rows, expected):
    for key, value in expected.items():
        if rows[key][name] != value:
            sys.exit(f"{path}/{key}: {name} is {rows[key][name]!r}, {value!r} expected")


def differs(path, key, body, row):
    for name, value in body.items():
        got = row.get(name)
        if name == "tracks":
            got = sorted(track["id"] if isinstance(track, dict) else track for track in got)
            value = sorted(value)
        if name in MOMENTS and value is not None and same_moment(got, value):
            continue
        if got != value:
            sys.exit(f"{path}/{key}: {name} is {got!r}, {value!r} was sent")


class Writers:
    """Others who create, change and delete while a list is walked; rows that were there before stay."""

    def __init__(self, base, ids):
        self.base, self.ids, self.stop, self.writes = base, ids, threading.Event(), 0
        self.faults = []
        self.threads = [threading.Thread(target=self.work, args=(number,), daemon=True) for number in range(4)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        if self.faults:
            sys.exit(f"a writer failed: {self.faults[0]}")

    def work(self, number):
        try:
            self.write(Api(self.base), number)
        except (SystemExit, OSError, http.client.HTTPException) as fault:
            self.faults.append(fault)

    def write(self, api, number):
        count = 0
        while not self.stop.is_set():
            count += 1
            price = f"{count % 4}.{count % 100:02}"
            body = {
                "name": f"{'AMZ'[count % 3]} new track {number}-{count}",
                "media_type_id": 1,
                "milliseconds": count,
                "unit_price": price,
                "composer": None if count % 2 else f"Composer {count}",
            }
            row, _ = api.call("POST", "tracks", body, expect=(201,))
            # `bytes` is no key of any walk, so an old row keeps its place.
            old = self.ids[(count * 7919 + number) % len(self.ids)]
            api.call("PATCH", f"tracks/{old}", {"bytes": count})
            if count % 2:
                api.call("DELETE", f"tracks/{row['id']}", expect=(204,))
            self.writes += 3


def walk(base, old):
    """Each row that was there before comes exactly once; no row comes twice."""
    api = Api(base)
    for sort in ("", "name", "-name", "composer", "-composer", "unit_price", "-unit_price", "milliseconds"):
        with Writers(base, sorted(old)) as writers:
            seen, pages = [], 0
            query = f"tracks?limit=50{'&sort=' + sort if sort else ''}"
            for page in api.pages(query):
                seen.extend(row["id"] for row in page)
                pages += 1
        if len(seen) != len(set(seen)):
            sys.exit(f"sort={sort}: a row came twice")
        missing = old - set(seen)
        if missing:
            sys.exit(f"sort={sort}: {len(missing)} rows never came, such as {min(missing)}")
        print(f"sort={sort or 'id'}: {pages} pages, {len(seen)} rows, {writers.writes} writes meanwhile")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    base = sys.argv[1].rstrip("/")
    tables = json.loads(DATA.read_text(encoding="utf-8"))
    api = Api(base)
    sent = load(api, tables)
    compare(api, tables, sent)
    walk(base, set(sent["track"]))


main()
