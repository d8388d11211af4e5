#!/bin/bash
# http.sh [--build DIR] [--runs N] [--seconds S] [RACE...]: measures B11 to B15, one line a race, and fails when a goal is
# missed. Servers on core 0, load on core 1, in two network namespaces joined by a virtual cable; peers take turns in each
# round, and the best and the worst round are dropped. Needs root. Writes below the build directory and leaves nothing there.
set -euo pipefail
source_dir=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")")
build=$source_dir/build/bench
runs=9
seconds=3

fail() {
    printf 'http.sh: %s\n' "$1" >&2
    exit 1
}

while [[ ${1:-} == --* ]]; do
    [[ $# -ge 2 ]] || fail "$1 needs a value"
    case $1 in
    --build) build=$(realpath -- "$2") ;;
    --runs) runs=$2 ;;
    --seconds) seconds=$2 ;;
    *) fail "unknown option $1" ;;
    esac
    shift 2
done
[[ $# -gt 0 ]] || set -- B11 B12 B13 B14 B15
((EUID == 0)) || fail 'network namespaces need root'
((runs >= 3)) || fail 'three runs are the least, as two are dropped'
(($(nproc) >= 2)) || fail 'two cores are needed'
own=$build/tests/bench/bench_http_server
load=$build/tests/bench/bench_http_load
[[ -x $own && -x $load ]] || fail "build bench_http_server and bench_http_load in $build first"
for tool in nginx wrk xorriso ip taskset; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
# darkhttpd is in no Debian 12; lighttpd, one thread and sendfile like it, stands in where it is not installed.
small_peer=darkhttpd
command -v darkhttpd >/dev/null || small_peer=lighttpd

work=$(mktemp -d "$build/bench-http-XXXXXX")
server=bench-http-$$-s
client=bench-http-$$-c
started=()
cleanup() {
    local pid
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait
    ip netns del "$server" 2>/dev/null || true
    ip netns del "$client" 2>/dev/null || true
    rm -rf -- "$work"
}
trap cleanup EXIT

make_cable() {
    local space
    ip netns add "$server"
    ip netns add "$client"
    ip link add bench0 netns "$server" type veth peer name bench1 netns "$client"
    for space in "$server" "$client"; do
        ip -n "$space" link set lo up
    done
    ip -n "$server" address add 10.9.0.1/24 dev bench0
    ip -n "$server" link set bench0 up
    ip -n "$client" address add 10.9.0.2/24 dev bench1
    ip -n "$client" link set bench1 up
}

# The same bytes twice: unpacked for the peers, and inside an image, where no file begins at a page of its own. Both are
# read back from the disk, so that the kernel holds both in the same way.
make_files() {
    local free number
    mkdir -p "$work/tree/small"
    free=$(df --output=avail -BG "$work" | tail -n 1 | tr -dc 0-9)
    ((free >= 30)) || fail '30 GB of free disk are needed'
    head -c 1000000000 /dev/urandom >"$work/tree/big"
    for ((number = 0; number < 500; ++number)); do
        head -c 30000 /dev/urandom >"$work/tree/small/$number.rpm"
    done
    xorriso -report_about SORRY -as mkisofs -quiet -R -J -V B12 -o "$work/image.iso" "$work/tree" 2>/dev/null
    sync -f "$work"
    for number in "$work/tree/big" "$work/image.iso"; do
        dd if="$number" iflag=nocache count=0 status=none
        cat "$number" >/dev/null
    done
    cat "$work"/tree/small/* >/dev/null
}

write_settings() {
    cat >"$work/nginx.conf" <<END
user root; daemon off; worker_processes 1; pid $work/nginx.pid; error_log stderr crit;
events { worker_connections 4096; }
http {
    sendfile on; access_log off; keepalive_requests 1000000000; default_type application/octet-stream;
    server { listen 10.9.0.1:81; root $work/tree; tcp_nopush on; }
    # For ranges: held back by tcp_nopush each answer would wait for 200 ms.
    server { listen 10.9.0.1:82; root $work; tcp_nopush off; }
}
END
    cat >"$work/lighttpd.conf" <<END
server.document-root = "$work/tree"
server.port = 83
server.bind = "10.9.0.1"
server.max-keep-alive-requests = 65535
server.network-backend = "sendfile"
END
    cat >"$work/load.lua" <<'END'
local paths, range
local random = 12345
local function below(limit) -- the same numbers for every server
    random = (random * 1103515245 + 12345) % 2147483648
    return random % limit
end
function init(arguments)
    paths = { unpack(arguments, 2) }
    range = arguments[1] ~= "-" and tonumber(arguments[1]) or nil
    if paths[1] and paths[1]:find("%%d") then
        local pattern = table.remove(paths, 1)
        for number = 0, 499 do paths[#paths + 1] = pattern:format(number) end
    end
end
function request()
    local headers = {}
    if range then
        local first = below(math.floor(range / 65536)) * 65536 + below(2) * 512
        headers["Range"] = ("bytes=%d-%d"):format(first, first + 65535)
    end
    return wrk.format("GET", paths[below(#paths) + 1], headers)
end
function done(summary, latency)
    io.write(("RESULT %d %d %d %d %d\n"):format(summary.bytes, summary.duration, summary.requests,
        latency:percentile(99), summary.errors.status + summary.errors.connect + summary.errors.read))
end
END
}

# start NAME PORT COMMAND...: pinned to core 0; pid_of[NAME] is the process that serves.
declare -A pid_of
start() {
    local name=$1 port=$2 tries=50
    shift 2
    ip netns exec "$server" taskset -c 0 "$@" >"$work/$name.log" 2>&1 &
    pid_of[$name]=$!
    started+=($!)
    until ip netns exec "$client" bash -c "exec 3<>/dev/tcp/10.9.0.1/$port" 2>/dev/null; do
        ((tries-- > 0)) || fail "$name does not start: $(cat "$work/$name.log")"
        sleep 0.1
    done
}

# cpu NAME: seconds of CPU that a server and its children have taken.
cpu() {
    local pid pids
    pids="${pid_of[$1]} $(pgrep -P "${pid_of[$1]}" || true)"
    for pid in $pids; do
        cat "/proc/$pid"/task/*/schedstat
    done | awk '{ total += $1 } END { printf "%.6f", total / 1e9 }'
}

on_client() {
    ip netns exec "$client" taskset -c 1 "$@"
}

# requests CONNECTIONS PORT RANGE-OF PATH...: many small ones, by wrk; the range may be -.
requests() {
    local connections=$1 port=$2
    shift 2
    on_client wrk -t1 -c"$connections" -d"${seconds}s" --timeout 30s -s "$work/load.lua" "http://10.9.0.1:$port/" -- "$@" | grep RESULT
}

# bytes CONNECTIONS PORT PATH...: as many as the server can send; wrk takes longer for them than the server.
bytes() {
    local connections=$1 port=$2
    shift 2
    on_client "$load" 10.9.0.1 "$port" "$connections" "$seconds" "$@"
}

# measure LOAD NAME ARGUMENT...: adds to $work/NAME: MB/s, CPU seconds per GB, requests/s, 99 % in ms.
measure() {
    local how=$1 name=$2 before after result
    shift 2
    before=$(cpu "$name")
    result=$("$how" "$@")
    after=$(cpu "$name")
    [[ $result == *' 0' ]] || fail "$name answered with errors: $result"
    awk -v before="$before" -v after="$after" '{ printf "%.1f %.4f %.0f %.2f\n", $2 / $3, (after - before) / ($2 / 1e9),
        $4 / $3 * 1e6, $5 / 1000 }' <<<"$result" >>"$work/$name.$race"
}

# of NAME COLUMN: mean, least and most without the best and the worst round.
of() {
    sort -n -k "$2,$2" "$work/$1.$race" | awk -v column="$2" '{ value[NR] = $column }
        END { for (i = 2; i < NR; ++i) sum += value[i]; printf "%.4f %.4f %.4f", sum / (NR - 2), value[2], value[NR - 1] }'
}

# verdict TEXT PEER COLUMN UNIT GOAL [CPU-GOAL] [LATENCY-GOAL]: one line, and whether the goals are met.
missed=no
verdict() {
    local text=$1 peer=$2 column=$3 unit=$4 goal=$5 cpu_goal=${6:--} latency_goal=${7:--}
    awk -v text="$text" -v peer="$peer" -v unit="$unit" -v goal="$goal" -v cpu_goal="$cpu_goal" \
        -v latency_goal="$latency_goal" -v a="$(of own "$column")" -v b="$(of "$peer" "$column")" \
        -v c="$(of own 2)" -v d="$(of "$peer" 2)" -v e="$(of own 4)" -v f="$(of "$peer" 4)" 'BEGIN {
        split(a, own); split(b, other); split(c, cpu); split(d, cpu_other); split(e, late); split(f, late_other)
        ratio = own[1] / other[1]; met = ratio >= goal
        line = sprintf("%s: ours %.0f %s (%.0f-%.0f), %s %.0f (%.0f-%.0f), ratio %.2f", text, own[1], unit, own[2], own[3],
            peer, other[1], other[2], other[3], ratio)
        wanted = goal
        if (cpu_goal != "-") {
            line = line sprintf(", CPU per GB %.2f (%.3f s, %.3f s)", cpu[1] / cpu_other[1], cpu[1], cpu_other[1])
            wanted = wanted "/" cpu_goal; met = met && cpu[1] / cpu_other[1] <= cpu_goal
        }
        if (latency_goal != "-") {
            line = line sprintf(", 99 %% %.2f (%.1f ms, %.1f ms)", late[1] / late_other[1], late[1], late_other[1])
            wanted = wanted "/" latency_goal; met = met && late[1] / late_other[1] <= latency_goal
        }
        printf "%s, goal %s %s\n", line, wanted, met ? "met" : "MISSED"
        exit !met }' || missed=yes
}

# big RACE OWN-PATH GOAL: a 1 GB file, by 1 and 48 connections.
big() {
    local path=$2 goal=$3 connections round
    for connections in 1 48; do
        race=$1-$connections
        for ((round = 0; round < runs; ++round)); do
            measure bytes own "$connections" 80 "$path"
            measure bytes nginx "$connections" 81 /big
        done
        verdict "$1 $connections connection$( ((connections == 1)) || printf s)" nginx 1 MB/s "$goal" 1.1
    done
}

mixed() {
    local round
    race=B13
    [[ $small_peer == darkhttpd ]] && start darkhttpd 83 darkhttpd "$work/tree" --port 83 --addr 10.9.0.1
    [[ $small_peer == lighttpd ]] && start lighttpd 83 lighttpd -D -f "$work/lighttpd.conf"
    for ((round = 0; round < runs; ++round)); do
        measure bytes own 48 80 /i/iso/small/%d.rpm /i/iso/big
        measure bytes "$small_peer" 48 83 /small/%d.rpm /big
    done
    verdict "B13 48 connections, mixed" "$small_peer" 1 MB/s 1.3
}

small() {
    local round
    race=B14
    for ((round = 0; round < runs; ++round)); do
        measure requests own 48 80 - /i/iso/small/%d.rpm
        measure requests nginx 48 81 - /small/%d.rpm
    done
    verdict "B14 30-KB files, 48 connections" nginx 3 requests/s 0.7 - 2
}

ranges() {
    local round size
    race=B15
    truncate -s 10G "$work/ten.iso" # holes cost the same to send, and no time to write
    cat "$work/ten.iso" >/dev/null
    size=10000000000
    start own10 84 "$own" 84 "$work/image.iso" "$work/ten.iso"
    for ((round = 0; round < runs; ++round)); do
        measure requests own10 48 84 "$size" /i/plain/ten.iso
        measure requests nginx 48 82 "$size" /ten.iso
    done
    mv "$work/own10.$race" "$work/own.$race"
    verdict "B15 64-KiB ranges of 10 GB, 48 connections" nginx 3 requests/s 0.9
}

make_files
write_settings
make_cable
start own 80 "$own" 80 "$work/image.iso" "$work/tree/big"
start nginx 81 nginx -c "$work/nginx.conf" -e stderr
for name in "$@"; do
    case $name in
    B11) big B11 /i/plain/big 0.95 ;;
    B12) big B12 /i/iso/big 0.95 ;;
    B13) mixed ;;
    B14) small ;;
    B15) ranges ;;
    *) fail "unknown race $name" ;;
    esac
done
[[ $missed == no ]]
