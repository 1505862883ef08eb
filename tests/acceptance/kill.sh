#!/usr/bin/env bash
# Kills `backgen generate` with -9 at random points (POINTS, 50 by default); the next run must heal. About a minute.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
need_backgen
make_project specs/bookshop "$WORK/bookshop" sqlite
python3 tests/acceptance/kill.py "$BACKGEN" "$WORK/bookshop" "${POINTS:-50}"
