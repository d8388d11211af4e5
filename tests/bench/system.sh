#!/bin/bash
# system.sh [--build DIR] [RACE...]: measures the whole program: B17 a rack of 48 that boots, B19 a start, B20 idling, B21 a
# flood at the capture; in two network namespaces. Prints a line for each, and ends with 1 when a goal is missed. Needs root.
set -euo pipefail
source_dir=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")")
build=$source_dir/build/bench
races=()
while [[ $# -gt 0 ]]; do
    case $1 in
    --build) build=$(realpath -- "$2") && shift 2 ;;
    B17 | B19 | B20 | B21) races+=("$1") && shift ;;
    *) printf 'system.sh: unknown option %s\n' "$1" >&2; exit 2 ;;
    esac
done
[[ ${#races[@]} -gt 0 ]] || races=(B17 B19 B20 B21)
((EUID == 0)) || { printf 'system.sh: needs root, for network namespaces\n' >&2; exit 2; }
ctl=$build/bin/rackmusterctl
work=$(mktemp -d "$build/system-XXXXXX")
chmod a+rx "$work"
server=rackmuster-system-server-$$
client=rackmuster-system-client-$$
pids=()
missed=no

stop_all() {
    ((${#pids[@]} == 0)) || kill "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
    pids=()
}
cleanup() {
    stop_all
    ip netns delete "$server" 2>/dev/null || true
    ip netns delete "$client" 2>/dev/null || true
    rm -rf -- "$work"
}
trap cleanup EXIT

# report RACE TEXT VALUE GOAL: the value is to be at most the goal.
report() {
    local verdict=met
    if ! awk -v a="$3" -v b="$4" 'BEGIN { exit !(a <= b) }'; then
        verdict=MISSED
        missed=yes
    fi
    printf '%s %s, goal <= %s %s\n' "$1" "$2" "$4" "$verdict"
}
field() { sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p"; }
median() { sort -n "$1" | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
spread() { sort -n "$1" | awk 'NR == 1 { first = $1 } { last = $1 } END { printf "%s-%s", first, last }'; }

make_network() {
    ip netns delete "$server" 2>/dev/null || true
    ip netns delete "$client" 2>/dev/null || true
    ip netns add "$server"
    ip netns add "$client"
    ip link add rack0 netns "$server" type veth peer name port0 netns "$client"
    ip -n "$server" address add 10.98.0.1/22 dev rack0
    ip -n "$server" link set rack0 up
    ip -n "$server" link set lo up
    ip -n "$client" link set port0 up
}
in_client() { ip netns exec "$client" taskset -c 1 "$@"; }

start_ours() { # OPTION...
    ip netns exec "$server" taskset -c 0 "$ctl" serve --interface rack0 --state "$work/state" --events "$work/events" "$@" \
        >"$work/ours.log" 2>&1 &
    ours=$!
    pids+=("$ours")
}
bound() { # PORT... : all of them, UDP or TCP
    local port
    for port in "$@"; do
        grep -qi ":$(printf '%04X' "$port") " "/proc/$holder/net/udp" "/proc/$holder/net/tcp" || return 1
    done
}
# Seconds from START until the ports are bound.
seconds_until_bound() { # START PORT...
    local start=$1
    shift
    until bound "$@"; do
        awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { exit !(b - a > 20) }' && { printf '99'; return; }
    done
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }'
}
ready() { until grep -qs '"event":"ready"' "$work/events"; do kill -0 "$ours"; done; }

# A process that holds the server's namespace, so that /proc shows its sockets.
hold_namespace() {
    ip netns exec "$server" sleep infinity &
    holder=$!
    pids+=("$holder")
    until [[ $(readlink "/proc/$holder/ns/net") != "$(readlink /proc/self/ns/net)" ]]; do :; done
}

boot_rack() { # RESULT-FILE
    in_client "$build/tests/bench/bench_boot_load" 10.98.0.1 port0 48 | tee -a "$work/boots.log" | field seconds >>"$1"
}
race_B17() {
    local files=$work/files/x/files run wire
    mkdir -p "$files"
    head -c 1000000 /dev/urandom >"$files/shim"
    head -c 2500000 /dev/urandom >"$files/grub"
    head -c 140000000 /dev/urandom >"$files/initrd"
    chmod -R a+rX "$work/files"
    printf 'worker_processes 1;\nerror_log %s/nginx.log;\npid %s/nginx.pid;\nevents { worker_connections 512; }\nhttp { sendfile on; tcp_nopush on;
access_log off; server { listen 80; root %s/files; } }\n' "$work" "$work" "$work" >"$work/nginx.conf"
    : >"$work/ours" && : >"$work/peer" && : >"$work/peer-unchecked"
    for run in 1 2 3; do
        for who in ours peer peer-unchecked; do
            make_network
            tc -n "$server" qdisc add dev rack0 root tbf rate 1gbit burst 2mb latency 50ms
            rm -rf "$work/state" "$work/events" "$work/leases"
            if [[ $who == ours ]]; then
                start_ours --folder "files=$files"
                ready
            else
                ip netns exec "$server" taskset -c 0 dnsmasq --no-daemon --port=0 --conf-file=/dev/null --pid-file= --user=root \
                    --interface=rack0 --bind-interfaces --dhcp-range=10.98.1.1,10.98.2.250,1h --dhcp-leasefile="$work/leases" \
                    --dhcp-boot=x/files/shim --enable-tftp --tftp-root="$work/files" --tftp-max=500 \
                    $([[ $who == peer ]] || printf -- --no-ping) >"$work/dnsmasq.log" 2>&1 &
                pids+=($!)
                ip netns exec "$server" taskset -c 0 nginx -c "$work/nginx.conf" -g 'daemon off;' >"$work/nginx.log" 2>&1 &
                pids+=($!)
                hold_namespace
                seconds_until_bound "$EPOCHREALTIME" 67 69 80 >/dev/null
            fi
            boot_rack "$work/$who"
            stop_all
        done
    done
    wire=$(awk 'BEGIN { printf "%.1f", 48 * (140 + 3.5) * 1.035 * 8 / 1000 }') # headers and gaps: 3.5 %
    local ours=$(median "$work/ours") peer=$(median "$work/peer") unchecked=$(median "$work/peer-unchecked") ratio
    ratio=$(awk "BEGIN { printf \"%.2f\", $ours / $peer }")
    report B17 "48 machines boot at 1 Gb/s: ours $ours s ($(spread "$work/ours")), dnsmasq and nginx $peer s \
($(spread "$work/peer")), without dnsmasq's address check $unchecked s; ratio $ratio" "$ratio" 0.8
    report B17 "the same against the wire's own $wire s: $(awk "BEGIN { printf \"%.2f\", ($ours - 1) / $wire }")" \
        "$(awk "BEGIN { print ($ours - 1) / $wire }")" 1.10
}

race_B19() {
    local run
    : >"$work/start" && : >"$work/again" && : >"$work/dnsmasq"
    make_network
    hold_namespace
    for run in 1 2 3 4 5 6 7 8 9; do
        rm -rf "$work/state" "$work/events"
        start=$EPOCHREALTIME
        start_ours
        seconds_until_bound "$start" 67 69 80 4011 >>"$work/start"
        printf '\n' >>"$work/start"
        ready
        kill -9 "$ours"
        wait "$ours" 2>/dev/null || true
        : >"$work/events"
        start=$EPOCHREALTIME
        start_ours
        seconds_until_bound "$start" 67 69 80 4011 >>"$work/again"
        printf '\n' >>"$work/again"
        ready
        kill "$ours"
        wait "$ours" 2>/dev/null || true
        start=$EPOCHREALTIME
        ip netns exec "$server" taskset -c 0 dnsmasq --no-daemon --port=0 --conf-file=/dev/null --pid-file= --user=root --interface=rack0 \
            --bind-interfaces --dhcp-range=10.98.1.1,10.98.1.250,1h --dhcp-leasefile="$work/leases" --enable-tftp --tftp-root="$work" \
            >"$work/dnsmasq.log" 2>&1 &
        peer=$!
        seconds_until_bound "$start" 67 69 >>"$work/dnsmasq"
        printf '\n' >>"$work/dnsmasq"
        kill "$peer"
        wait "$peer" 2>/dev/null || true
    done
    report B19 "from the start to all ports bound: ours $(median "$work/start") s ($(spread "$work/start")), dnsmasq \
$(median "$work/dnsmasq") s" "$(median "$work/start")" 0.5
    report B19 "after kill -9, the same: $(median "$work/again") s ($(spread "$work/again"))" "$(median "$work/again")" 1
    stop_all
}

race_B20() {
    local before after megabytes percent ticks=30
    make_network
    rm -rf "$work/state" "$work/events"
    start_ours
    ready
    read -r -t 5 <> <(:) || true # a start has its own costs
    megabytes=$(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$ours/status")
    before=$(awk '{ print $14 + $15 }' "/proc/$ours/stat")
    read -r -t "$ticks" <> <(:) || true
    after=$(awk '{ print $14 + $15 }' "/proc/$ours/stat")
    percent=$(awk "BEGIN { printf \"%.2f\", ($after - $before) / $(getconf CLK_TCK) / $ticks * 100 }")
    report B20 "idle services: $megabytes MiB resident" "$megabytes" 30
    report B20 "idle services: $percent % of a core" "$percent" 0.5
    stop_all
}

race_B21() {
    local heard lost sent
    make_network
    mkfifo "$work/end"
    ip netns exec "$server" taskset -c 0 "$build/tests/bench/bench_capture_load" hear rack0 "$build/bin/rackmuster-nethelper" <"$work/end" >"$work/heard" &
    pids+=($!)
    exec 7>"$work/end"
    ip netns exec "$server" taskset -c 0 tcpdump -i rack0 -n -B 4096 -w /dev/null udp port 67 2>"$work/tcpdump.log" 7>&- &
    peer=$!
    until grep -q 'listening on' "$work/tcpdump.log"; do kill -0 "$peer"; done
    in_client "$build/tests/bench/bench_capture_load" send port0 50000 10 >"$work/sent" 7>&-
    exec 7>&-
    wait "${pids[0]}"
    kill "$peer" # a shell has its background jobs ignore the interrupt
    wait "$peer" || true
    sent=$(field sent <"$work/sent")
    heard=$(field heard <"$work/heard")
    lost=$((sent - heard))
    report B21 "DISCOVERs at 50,000 a second for 10 s: $sent sent, $heard heard, tcpdump lost \
$(sed -n 's/^\([0-9]*\) packets dropped by kernel.*/\1/p' "$work/tcpdump.log")" "$lost" 0
    pids=()
}

for race in "${races[@]}"; do
    "race_$race"
done
[[ $missed == no ]]
