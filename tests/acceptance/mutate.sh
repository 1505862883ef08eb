#!/usr/bin/env bash
# Removes or turns round each generated guard, one at a time, in one build of the service of DOMAIN (helpdesk) on DATABASE
# (sqlite): at least 99 % of the mutants must be killed by the generated tests. Names those that survive. Minutes.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
DOMAIN=${DOMAIN:-helpdesk}
DATABASE=${DATABASE:-sqlite}
need_backgen
make_project "specs/$DOMAIN" "$WORK/$DOMAIN" "$DATABASE"
cp -R templates/kernel "$WORK/kernel"
rm -rf "$WORK/kernel/target"
if [ "$DATABASE" = postgres ]; then
    need_postgres
    start_postgres fast
    export TEST_DATABASE_URL=$POSTGRES_URL/postgres
fi
python3 tests/acceptance/mutate/mutate.py "$WORK/$DOMAIN" "$WORK/kernel" "$TARGET"
say "mutate: the tests of $DOMAIN on $DATABASE see what is taken away"
