"""Mutates a generated service and runs its generated tests against every mutant.

mutate.py PROJECT KERNEL TARGET: the folder of a generated service and of a kernel beside its own tests, both of which are
rewritten, and the folder to build in. Prints a table and the survivors; fails where under 99 % of the mutants are killed.
A test that hangs has found its mutant too.
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import kernel
import places

AT_LEAST = 0.99
# Runs without a mutant, none of which may fail.
CONTROLS = 10
SOURCES = ("mod.rs", "db.rs", "handler.rs", "schema.rs", "query.rs", "callers.rs")


def main():
    project, own_kernel, target = (pathlib.Path(it).resolve() for it in sys.argv[1:4])
    mutants = places.Mutants(roles(project), callers(project))
    for path in sorted((project / "src/features").rglob("*.rs")):
        if path.name in SOURCES or path.parent.name == "model":
            mutate(mutants, project, path)
    module = pathlib.Path(__file__).with_name("kernel.rs").read_text()
    in_service = len(mutants.all)
    kernel.mutate(mutants, project / "kernel", module)
    binary = build(project, target, ["--test", "api"])
    began = time.monotonic()
    if not run(binary, project, "", None, 600):
        sys.exit("mutate: the tests fail without a mutant")
    limit = max(30, 10 * (time.monotonic() - began))
    print(f"{len(mutants.all)} mutants; the tests take {limit / 10:.1f} s without one", flush=True)
    # Side by side with others like them, as the mutants run.
    nobody = [len(mutants.all) + 1] * CONTROLS
    if len(judge(nobody, lambda it: run(binary, project, "", it, limit))) < CONTROLS:
        sys.exit("mutate: the tests fail now and then without a mutant")
    # One kind alone, where it is asked for.
    kind = os.environ.get("KIND")
    everything = mutants.all
    mutants.all = [it for it in everything if kind in (None, it.kind)]
    survivors = judge(mutants.all, lambda it: survives(binary, project, it, limit))
    left = [it for it in survivors if it.number > in_service]
    if left:
        # What the tests of a service do not see of the kernel, its own may.
        again = places.Mutants([], None)
        again.all = everything[:in_service]
        kernel.mutate(again, own_kernel, module)
        binary = build(own_kernel, target, ["--test", "http"])
        if not run(binary, own_kernel, "auth", None, 600):
            sys.exit("mutate: the kernel's tests fail without a mutant")
        own = judge(left, lambda it: run(binary, own_kernel, "auth", it.number, 120))
        survivors = [it for it in survivors if it not in left or it in own]
        print(f"of the kernel's, {len(left) - len(own)} were killed by its own tests alone")
    report(mutants.all, survivors)


def roles(project):
    """The roles of the service."""
    text = (project / "tests/api/callers.rs").read_text()
    return re.findall(r'"(\w+)"', re.search(r"roles: &\[(.*?)\]", text, re.S).group(1))


def callers(project):
    """The table of those who call, and its key."""
    for path in (project / "src/features").glob("*/callers.rs"):
        found = re.search(r"select (\w+) from (\w+) where", path.read_text())
        return found.group(2), found.group(1)
    return None


def mutate(mutants, project, path):
    text = path.read_text()
    statements, logic = (it.read_text() if it.exists() else "" for it in (path.with_name("db.rs"), path.with_name("logic.rs")))
    all_rows = bool(re.search(r"reach\.all\(\)|rows\.owner\(\)", statements))
    unwritten = "Err(Error::Unwritten)\n}" in logic
    new = places.mutate(mutants, str(path.relative_to(project)), text, all_rows, unwritten)
    # Contracts are made when they are first asked for.
    path.write_text(re.sub(r"&(\w+::CONTRACT)\b", r"&*\1", new))


def build(folder, target, what):
    command = ["cargo", "test", "--no-run", "--message-format=json", "--target-dir", target, *what]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        rendered = (it.get("message", {}).get("rendered") for it in messages if it["reason"] == "compiler-message")
        sys.exit("".join(text for text in rendered if text and text.startswith("error")) or "mutate: no build")
    return [it["executable"] for it in messages if it.get("executable") and it["target"]["name"] == what[1]][0]


def judge(mutants, alive):
    """Those that survive."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [it for it, lives in zip(mutants, pool.map(alive, mutants)) if lives]


def survives(binary, project, mutant, limit):
    endpoint = re.fullmatch(r"src/features/(\w+)/(\w+)/\w+\.rs", mutant.file)
    if endpoint and not run(binary, project, "::".join([*endpoint.groups(), ""]), mutant.number, limit):
        return False
    return run(binary, project, "", mutant.number, limit)


def run(binary, folder, tests, mutant, limit):
    """Whether tests pass, in time."""
    environment = {**os.environ, "RUST_BACKTRACE": "0"}
    environment.pop("MUTANT", None)
    if mutant:
        environment["MUTANT"] = str(mutant)
    command = [binary, "-q", *([tests] if tests else [])]
    process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True,
                               stdout=subprocess.DEVNULL if mutant else None, stderr=subprocess.DEVNULL)
    try:
        return process.wait(limit) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def report(mutants, survivors):
    alive = {it.number for it in survivors}
    kinds = collections.Counter(it.kind for it in mutants)
    print(f"\n{'':22}{'mutants':>9}{'equivalent':>12}{'killed':>8}{'survive':>9}")
    total = [0, 0, 0, 0]
    for kind in kinds:
        own = [it for it in mutants if it.kind == kind]
        same = [it for it in own if it.equivalent and it.number in alive]
        lives = [it for it in own if not it.equivalent and it.number in alive]
        row = [len(own), len(same), len(own) - len(same) - len(lives), len(lives)]
        total = [a + b for a, b in zip(total, row)]
        print(f"{kind:22}{row[0]:>9}{row[1]:>12}{row[2]:>8}{row[3]:>9}")
    print(f"{'all':22}{total[0]:>9}{total[1]:>12}{total[2]:>8}{total[3]:>9}")
    for it in sorted(survivors, key=lambda it: (bool(it.equivalent), it.file, it.line)):
        why = f"equivalent, {it.equivalent}" if it.equivalent else "SURVIVES"
        print(f"{it.file}:{it.line}: {it.what}: {why} ({it.number})")
    share = total[2] / (total[2] + total[3])
    print(f"\n{100 * share:.1f} % killed")
    sys.exit(share < AT_LEAST)


main()
