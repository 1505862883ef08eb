# Sourced beside tests/postgres.sh: generates a project from specs, starts and stops services.
# Leaves: functions, and SERVICE_PID, SERVICE_PORT from start_service.

# make_project SPECS FOLDER DATABASE: the specs, with the database set, and everything generated from them. What lies in
# SPECS/overlay is laid over it.
make_project() {
    local specs=$1 folder=$2 database=$3
    mkdir -p "$folder"
    cp -R "$specs/specs" "$folder/"
    if [ -f "$specs/backgen.toml" ]; then
        sed "s/^database = .*/database = \"$database\"/" "$specs/backgen.toml" >"$folder/backgen.toml"
    else
        sed "s/^database: .*/database: $database/" "$specs/backgen.yaml" >"$folder/backgen.yaml"
    fi
    "$BACKGEN" generate --project "$folder" >"$folder.log" || { cat "$folder.log" >&2; return 1; }
    if [ -d "$specs/overlay" ]; then
        cp -R "$specs/overlay/." "$folder/"
    fi
}

free_port() {
    local port
    while :; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}

# status_of PORT PATH: the status of a GET, with nothing but bash.
status_of() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n' "$2" >&3
        read -r _ status _ <&3
        echo "$status"
    ) 2>/dev/null
}

services=""
# start_service FOLDER NAME DATABASE_URL BINARY [VARIABLE=VALUE]...: waits until it is ready.
start_service() {
    local folder=$1 prefix binary=$4 database=$3
    prefix=$(printf %s "$2" | tr '[:lower:]' '[:upper:]')
    shift 4
    SERVICE_PORT=$(free_port)
    (
        cd "$folder"
        exec env DATABASE_URL="$database" PORT="$SERVICE_PORT" "${prefix}__SERVER__PORT=$SERVICE_PORT" \
            "${prefix}__SERVER__DRAIN_DELAY=0s" "$@" "$binary"
    ) >"$folder/service.log" 2>&1 &
    SERVICE_PID=$!
    services="$services $SERVICE_PID"
    wait_until_up "$folder/service.log"
}

wait_until_up() {
    local status
    for _ in $(seq 300); do
        # A service without health endpoints answers 404, which is an answer.
        status=$(status_of "$SERVICE_PORT" /health/ready || true)
        case $status in 200 | 404) return 0 ;; esac
        kill -0 "$SERVICE_PID" 2>/dev/null || break
        sleep 0.1
    done
    cat "$1" >&2
    die "the service did not start"
}

stop_service() {
    kill "$1" 2>/dev/null || return 0
    wait "$1" 2>/dev/null || true
}

stop_services() {
    local pid
    for pid in $services; do
        stop_service "$pid"
    done
    services=""
}

# put_section FILE NAME <text: replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`.
put_section() {
    local text
    text=$(mktemp)
    cat >"$text"
    grep -q "^<!-- $2 -->\$" "$1" || die "$1 has no section $2"
    awk -v name="$2" -v text="$text" '
        $0 == "<!-- " name " -->" { print; while ((getline line < text) > 0) print line; skip = 1; next }
        $0 == "<!-- /" name " -->" { skip = 0 }
        !skip { print }
    ' "$1" >"$1.new"
    mv "$1.new" "$1"
    rm -f "$text"
}
