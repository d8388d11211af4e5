#!/bin/bash
# run.sh [RACE...]: installs the peers, builds the benchmarks with optimisation and runs all of them or those named: digest,
# image-drop, dhcp, tftp, http, system. Needs root. Prints a table at the end, and writes it to build/bench/table.md;
# ends with 1 when a goal is missed.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.."
. installers/packages.sh
build=build/bench

# What each race builds, and what runs it.
declare -A targets=(
    [digest]='bench_digest'
    [image-drop]='bench_image_drop rackmusterctl rackmuster-reader'
    [dhcp]='bench_dhcp_serve bench_dhcp_load'
    [tftp]='bench_tftp_serve bench_tftp_load'
    [http]='bench_http_server bench_http_load'
    [system]='bench_boot_load bench_capture_load rackmusterctl rackmuster-nethelper rackmuster-reader'
)
run_race() {
    case $1 in
    digest) "$build/tests/bench/bench_digest" ;;
    *) "tests/bench/$1.sh" --build "$build" ;;
    esac
}

[[ $# -gt 0 ]] || set -- digest image-drop dhcp tftp http system
for race in "$@"; do
    [[ -v targets[$race] ]] || { printf 'run.sh: there is no race %s\n' "$race" >&2; exit 2; }
done
without_services ensure_packages installers/packages-{build,run,bench}.txt
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DRACKMUSTER_UI=OFF >/dev/null
read -ra wanted <<<"$(for race in "$@"; do printf '%s ' "${targets[$race]}"; done)"
cmake --build "$build" --target "${wanted[@]}" >/dev/null

status=0
: >"$build/output.txt"
for race in "$@"; do
    printf '=== %s\n' "$race"
    run_race "$race" 2>&1 | tee -a "$build/output.txt" || status=1
done
# The lines "B06 what: measured, goal >=1.2 met" as a table of Markdown.
{
    printf '%s, %s, %s cores, Linux %s\n\n' "$(date +%F)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)"
    printf '| race | what | measured | goal |\n|---|---|---|---|\n'
    sed -nE 's/^(B[0-9]{2}) ([^:]*): (.*), goal (.*)$/| \1 | \2 | \3 | \4 |/p' "$build/output.txt"
} >"$build/table.md"
printf '\n'
cat "$build/table.md"
exit "$status"
