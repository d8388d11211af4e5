#!/bin/bash
# run.sh [bench_digest] [image-drop] [dhcp] [B01 ... B05]: builds the benchmarks with optimisation and runs them, all or those named.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.."
build=build/bench
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DRACKMUSTER_UI=OFF >/dev/null
status=0
[[ $# -gt 0 ]] || set -- bench_digest image-drop dhcp
for race in "$@"; do
    printf '=== %s\n' "$race"
    if [[ $race == image-drop ]]; then
        cmake --build "$build" --target bench_image_drop rackmusterctl rackmuster-reader >/dev/null
        tests/bench/image-drop.sh --build "$build" || status=1
    elif [[ $race == dhcp || $race == B0[1-5] ]]; then
        cmake --build "$build" --target bench_dhcp_serve bench_dhcp_load >/dev/null
        races=()
        [[ $race == dhcp ]] || races=("$race")
        tests/bench/dhcp.sh --build "$build" "${races[@]}" || status=1
    else
        cmake --build "$build" --target "$race" >/dev/null
        "$build/tests/bench/$race" || status=1
    fi
done
exit "$status"
