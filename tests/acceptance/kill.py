"""Kills `backgen generate` with -9 at random points of its run.

Usage: kill.py BACKGEN PROJECT POINTS. Each time a new feature is added to the specs; a copy of the project is
generated undisturbed, the project itself is killed on the way and generated again. Then both trees must be equal, `check`
must be content, and a file that a person wrote must be as it was. Status 1 with a sentence where one is not.
"""

import pathlib
import random
import shutil
import subprocess
import sys
import time

FEATURE = """description: Added in round {number}.
entities:
  Thing{number}:
    fields:
      name: {{ type: string, min: 1, max: 80, unique: true }}
      amount: {{ type: int, min: 0, default: 0 }}
      day: date?
crud:
  Thing{number}: {{ read: public, write: public }}
"""
MINE = "\n// Written by a person.\n"


def run(backgen, verb, project):
    done = subprocess.run([backgen, verb, "--project", project], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{verb}: status {done.returncode}\n{done.stdout}\n{done.stderr}")


def kill(backgen, project, patience):
    """Whether the run was still going."""
    child = subprocess.Popen(
        [backgen, "generate", "--project", project],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    time.sleep(patience)
    going = child.poll() is None
    child.kill()
    child.wait()
    return going


def tree(project):
    """Path -> bytes of every file. A lock is no part of the result."""
    return {
        str(path.relative_to(project)): path.read_bytes()
        for path in sorted(pathlib.Path(project).rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    backgen, project, points = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    copy = project.with_name(project.name + "-undisturbed")
    chance = random.Random(20261120)
    logic = sorted(project.rglob("logic.rs"))[0]
    logic.write_text(logic.read_text() + MINE)
    kills, number, length = 0, 0, 0.5
    while kills < points:
        number += 1
        (project / f"specs/extra_{number}.yaml").write_text(FEATURE.format(number=number))
        shutil.copytree(project, copy)
        begin = time.monotonic()
        run(backgen, "generate", copy)
        length = time.monotonic() - begin
        kills += kill(backgen, project, chance.uniform(0, length))
        run(backgen, "generate", project)
        run(backgen, "check", project)
        ours, theirs = tree(project), tree(copy)
        if ours != theirs:
            names = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
            sys.exit(f"round {number}: the healed tree differs in {names[:10]}")
        if not logic.read_text().endswith(MINE):
            sys.exit(f"round {number}: {logic} lost what a person wrote")
        shutil.rmtree(copy)
    print(f"{kills} runs killed of {number}, each healed by the next; a run takes {length * 1000:.0f} ms")


main()
