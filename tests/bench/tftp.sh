#!/bin/bash
# tftp.sh [--build DIR] [--runs N] [--megabytes N] [RACE...]: measures B06 B07 B08 B09 B10 against dnsmasq, tftpd-hpa and atftpd, in two network
# namespaces joined by a cable, and prints one line for each race. Ends with 1 when a goal is missed. Needs root; leaves nothing behind.
# Servers hold core 0 and the load core 1, at real-time priority so that nothing else disturbs: the computer is slow to answer meanwhile.
set -euo pipefail
source_dir=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")")
build=$source_dir/build/bench
runs=9
megabytes=64
races=()

fail() {
    printf 'tftp.sh: %s\n' "$1" >&2
    exit 2
}

while [[ $# -gt 0 ]]; do
    case $1 in
    --build) build=$(realpath -- "$2") && shift 2 ;;
    --runs) runs=$2 && shift 2 ;;
    --megabytes) megabytes=$2 && shift 2 ;;
    B0[6-9] | B10) races+=("$1") && shift ;;
    *) fail "unknown option $1" ;;
    esac
done
[[ ${#races[@]} -gt 0 ]] || races=(B06 B07 B08 B09 B10)
bin=$build/tests/bench
[[ -x $bin/bench_tftp_serve && -x $bin/bench_tftp_load ]] || fail "build bench_tftp_serve and bench_tftp_load in $build first"
((EUID == 0)) || fail 'needs root, for network namespaces'

work=$(mktemp -d "$build/tftp-XXXXXX")
server=rackmuster-tftp-server-$$
client=rackmuster-tftp-client-$$
pids=()
cleanup() {
    ((${#pids[@]} == 0)) || kill "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    ip netns delete "$server" 2>/dev/null || true
    ip netns delete "$client" 2>/dev/null || true
    rm -rf -- "$work"
}
trap cleanup EXIT
status=0

# One address for each contestant, so that all can have port 69.
declare -A address=([ours]=10.99.0.1 [dnsmasq]=10.99.0.2 [tftpd-hpa]=10.99.0.3 [atftpd]=10.99.0.4)

make_network() {
    local number
    ip netns add "$server"
    ip netns add "$client"
    ip link add rack0 netns "$server" type veth peer name port0 netns "$client"
    for number in 1 2 3 4; do
        ip -n "$server" address add "10.99.0.$number/22" dev rack0
    done
    # A machine has an address, and as many boot at once.
    for number in {0..511}; do
        printf 'address add 10.99.%d.%d/22 dev port0\n' $((1 + number / 256)) $((number % 256))
    done | ip -n "$client" -batch -
    ip -n "$server" link set rack0 up
    ip -n "$client" link set port0 up
}

start() {
    local name=$1
    shift
    ip netns exec "$server" taskset -c 0 chrt -f 10 "$@" >"$work/$name.log" 2>&1 </dev/null &
    pids+=($!)
}

# tftpd-hpa and atftpd cannot be installed together, so this one is only unpacked.
find_hpa() {
    local folder=$build/tftpd-hpa
    if [[ ! -x $folder/usr/sbin/in.tftpd ]]; then
        mkdir -p "$folder"
        (cd "$folder" && apt-get download -q tftpd-hpa >/dev/null 2>&1 && dpkg-deb -x tftpd-hpa_*.deb .) || return 0
    fi
    printf '%s' "$folder/usr/sbin/in.tftpd"
}

start_servers() {
    local files=$work/files hpa
    mkdir "$files"
    chmod a+rx "$work" "$files"
    head -c "${megabytes}000000" /dev/urandom >"$files/file"
    head -c 1000000 /dev/urandom >"$files/small"
    start ours "$bin/bench_tftp_serve" "${address[ours]}" rack0 "$files/file" "$files/small"
    ours=$!
    peers=()
    if command -v dnsmasq >/dev/null; then
        start dnsmasq dnsmasq --no-daemon --port=0 --conf-file=/dev/null --pid-file= --user=root --enable-tftp --tftp-root="$files" \
            --listen-address="${address[dnsmasq]}" --bind-interfaces --tftp-max=2000
        peers+=(dnsmasq)
    fi
    hpa=$(find_hpa)
    if [[ -n $hpa ]]; then
        start tftpd-hpa "$hpa" --foreground --listen --address "${address[tftpd-hpa]}:69" --user root --secure "$files"
        peers+=(tftpd-hpa)
    fi
    if command -v atftpd >/dev/null; then
        start atftpd atftpd --daemon --no-fork --bind-address "${address[atftpd]}" --user root --group root --logfile /dev/null \
            --maxthread 1000 "$files"
        peers+=(atftpd)
    fi
    ((${#peers[@]} == 3)) || printf 'Missing peers: only %s are here (installers/packages-bench.txt)\n' "${peers[*]}"
}

load() {
    local name=$1
    shift
    ip netns exec "$client" taskset -c 1 chrt -f 10 "$bin/bench_tftp_load" "${address[$name]}" "$@" --from 10.99.1.0
}

# Every server answers, with the right bytes: also warms the cache.
check_servers() {
    local name attempt
    for name in ours "${peers[@]}"; do
        for attempt in 1 2 3 4 5; do
            load "$name" file --blksize 1468 --compare "$work/files/file" >/dev/null 2>"$work/error" && continue 2
        done
        fail "$name does not serve: $(cat "$work/error" "$work/$name.log")"
    done
}

# measure RACE NAMES FILE ARGS...: all contestants in turn, as often as was asked; the lines go to RACE.NAME
measure() {
    local race=$1 names=$2 run name
    shift 2
    rm -f -- "$work/$race".*
    for ((run = 0; run < runs; ++run)); do
        for name in $names; do
            load "$name" "$@" >>"$work/$race.$name" || fail "$race: $name gave up"
        done
    done
}

# values RACE NAME KEY: one number a run
values() {
    sed -E "s/.*\b$3=([0-9.]+).*/\1/" "$work/$1.$2"
}

# Mean, smallest and largest of the numbers, without the best and the worst when there are five or more.
trimmed() {
    sort -g | awk '{ v[NR] = $1 } END { a = 1; b = NR; if (NR >= 5) { ++a; --b }
        for (i = a; i <= b; ++i) s += v[i]; printf "%.2f %.2f %.2f\n", s / (b - a + 1), v[a], v[b] }'
}

# judge RACE TITLE KEY UNIT OURS_OVER_PEERS GOAL NAMES: GOAL '>=1.2', '<=0.7' or empty
judge() {
    local race=$1 title=$2 key=$3 unit=$4 goal=$5 names=$6 name mean low high best= best_mean=0 line ratio verdict=
    line="$title:"
    for name in ours $names; do
        read -r mean low high < <(values "$race" "$name" "$key" | trimmed)
        line+=" $name $mean $unit ($low-$high),"
        if [[ $name != ours ]] && { [[ -z $best ]] || better "$goal" "$mean" "$best_mean"; }; then
            best=$name
            best_mean=$mean
        fi
    done
    read -r ratio low high < <(paste <(values "$race" ours "$key") <(values "$race" "$best" "$key") | awk '{ print $1 / $2 }' | trimmed)
    if [[ -n $goal ]]; then
        verdict=", goal $goal $(verdict "$ratio" "$goal")"
    fi
    printf '%s ratio to %s %s (%s-%s)%s\n' "$line" "$best" "$ratio" "$low" "$high" "$verdict"
    [[ $verdict != *missed ]] || status=1
}

# better GOAL A B: A is the harder one to beat
better() {
    awk -v less="$([[ $1 == '<='* ]] && echo 1 || echo 0)" -v a="$2" -v b="$3" 'BEGIN { exit !(less ? a < b : a > b) }'
}

verdict() {
    awk -v value="$1" -v goal="$2" 'BEGIN { limit = substr(goal, 3) + 0; met = substr(goal, 1, 1) == ">" ? value >= limit : value <= limit
        print met ? "met" : "missed" }'
}

# limit TITLE VALUE UNIT GOAL: without a peer
limit() {
    local outcome
    outcome=$(verdict "$2" "$4")
    printf '%s: %s %s, goal %s %s\n' "$1" "$2" "$3" "$4" "$outcome"
    [[ $outcome == met ]] || status=1
}

race_B06() {
    local size
    for size in 512 1024 1432 1468; do
        measure B06 "ours ${peers[*]}" file --blksize "$size"
        judge B06 "B06 $size lockstep" speed MB/s '>=1.2' "${peers[*]}"
    done
}

race_B07() {
    local mean low high
    measure B07 'ours dnsmasq' file --blksize 1468
    judge B07 'B07 turnaround, median' p50 us '<=0.7' dnsmasq
    read -r mean low high < <(values B07 ours p50 | trimmed)
    limit 'B07 turnaround, median' "$mean" us '<=15'
    read -r mean low high < <(values B07 ours p99 | trimmed)
    limit "B07 turnaround, 99 of 100 ($low-$high)" "$mean" us '<=100'
}

race_B08() {
    local window mean low high
    for window in 4 16 32 64; do
        measure B08 'ours atftpd' file --blksize 1468 --windowsize "$window"
        judge B08 "B08 1468, window $window" speed MB/s '>=1.3' atftpd
    done
    # Frames of 1514 bytes through a 1 Gbit/s line, as the kernel counts them.
    tc -n "$server" qdisc add dev rack0 root tbf rate 1gbit burst 128kb latency 10ms
    measure B08 ours file --blksize 1468 --windowsize 64
    tc -n "$server" qdisc delete dev rack0 root
    read -r mean low high < <(values B08 ours speed | trimmed)
    limit "B08 window 64 on 1 Gbit/s: $mean MB/s ($low-$high), share of the line" \
        "$(awk -v speed="$mean" 'BEGIN { printf "%.3f", speed / (125 * 1468 / 1514) }')" '' '>=0.95'
}

race_B09() {
    local saved=$runs
    # A peer without windows waits seconds for each loss.
    runs=$((runs > 3 ? 3 : runs))
    measure B09 'ours dnsmasq' small --blksize 1468 --windowsize 16 --loss 1
    judge B09 'B09 window 16, 1 % loss' speed MB/s '>=10' dnsmasq
    runs=$saved
}

memory_of_ours() {
    awk '/^VmRSS/ { print $2 }' "/proc/$(pgrep -P "$ours" bench_tftp || echo "$ours")/status"
}

race_B10() {
    local mean low high before after clients=500
    # As 48 machines of edk2 ask; a peer may not know windows.
    measure B10 'ours dnsmasq' file --blksize 1468 --windowsize 4 --clients 48
    judge B10 'B10 48 clients, window 4 asked' speed MB/s '>=2' dnsmasq
    read -r mean low high < <(paste <(values B10 ours slowest) <(values B10 ours fastest) | awk '{ print $1 / $2 }' | trimmed)
    limit "B10 slowest to fastest ($low-$high)" "$mean" '' '<=1.3'
    measure B10 'ours dnsmasq' file --blksize 1468 --clients 48
    judge B10 'B10 48 clients in lockstep' speed MB/s '' dnsmasq
    before=$(memory_of_ours)
    coproc halted { load ours small --blksize 1468 --clients "$clients" --pause-after 100 || true; }
    read -r -u "${halted[0]}" mean
    after=$(memory_of_ours)
    exec {halted[1]}>&- # the end of its input ends it
    wait "$halted_PID"
    limit "B10 memory of a transfer, $clients at once" "$(awk -v kib=$((after - before)) -v n=$clients 'BEGIN { printf "%.1f", kib / n }')" KiB '<=32'
}

make_network
start_servers
check_servers
printf 'TFTP, %s MB, %s runs, mean (smallest-largest) without the best and the worst\n' "$megabytes" "$runs"
for race in "${races[@]}"; do
    "race_$race"
done
exit "$status"
