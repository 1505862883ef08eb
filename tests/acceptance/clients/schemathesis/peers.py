"""A caller who tries the ids of somebody else, half of the time, and must never read that one's words."""

import json
import os
import pathlib
import random
import sys

import schemathesis

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import hooks  # noqa: E402,F401  what the tool is told in any case

PEER = json.loads(pathlib.Path(os.environ["PEERS"]).read_text())[os.environ["PEER"]]
CHANCE = random.Random(11)


@schemathesis.hook
def before_call(context, case, kwargs):
    for path, ids in PEER["ids"].items():
        if case.path.endswith(path) and case.path_parameters and CHANCE.random() < 0.5:
            case.path_parameters.update(CHANCE.choice(ids))


@schemathesis.check
def nothing_of_a_peer(context, response, case):
    text = response.content.decode("utf-8", "replace")
    assert PEER["secret"] not in text, f"a row of {os.environ['PEER']} came out"
