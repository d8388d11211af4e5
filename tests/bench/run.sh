#!/bin/bash
# run.sh [PROGRAM...]: builds the benchmarks with optimisation and runs them, all or those named (bench_digest).
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.."
build=build/bench
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DRACKMUSTER_UI=OFF >/dev/null
status=0
[[ $# -gt 0 ]] || set -- $(cd tests/bench && for file in bench_*.cpp; do printf '%s ' "${file%.cpp}"; done)
for program in "$@"; do
    cmake --build "$build" --target "$program" >/dev/null
    printf '=== %s\n' "$program"
    "$build/tests/bench/$program" || status=1
done
exit "$status"
