#!/bin/bash
# Installs what the tests need, builds, and runs all of them. On a fresh Debian 12: sudo tests/run.sh
# Non-interactive; needs no network besides apt's, and no KVM. Ends with ctest's summary of everything.
set -euo pipefail
source_dir=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
. "$source_dir/installers/packages.sh"
build=$source_dir/build
jobs=$(nproc)

usage() {
    cat <<'TEXT'
usage: [sudo] tests/run.sh [--quick | --thorough] [--fuzz SECONDS] [--only REGEX]
  --quick         without the fuzzers, ThreadSanitizer, the virtual rack and clang-tidy
  --thorough      with what takes too long for every run: the reliability tests in full size, clang-tidy over the
                  interface too, and its analyzer
  --fuzz SECONDS  how long each fuzzer runs, those of whole servers eight times as long; default 15
  --only REGEX    only tests whose name matches, e.g. unit/core/wire
Without root, the tests that need it skip and say so.
TEXT
}

is_quick=no
is_thorough=no
fuzz_seconds=15
only=
while [[ $# -gt 0 ]]; do
    case $1 in
    --quick) is_quick=yes ;;
    --thorough)
        is_thorough=yes
        export RACKMUSTER_THOROUGH=1
        ;;
    --fuzz | --only)
        [[ $# -ge 2 ]] || { usage >&2; exit 2; }
        if [[ $1 == --only ]]; then only=$2; else fuzz_seconds=$2; fi
        shift
        ;;
    --help | -h) usage; exit ;;
    *) usage >&2; exit 2 ;;
    esac
    shift
done

cd -- "$source_dir"

# build_preset NAME [TARGET [CMAKE-OPTION...]]
build_preset() {
    cmake --preset "$1" "${@:3}"
    cmake --build "$build/$1" -j "$jobs" --target "${2:-all}"
}

verify_headers() {
    cmake --build "$build/ci" -j "$jobs" --target all_verify_interface_header_sets
}

# One ctest over all build directories and the checks, so that one summary tells the whole truth.
write_suite() {
    local checks=$source_dir/tests/support/checks tidied='"app|core"'
    [[ $is_thorough == no ]] || tidied='"app|core|ui" --analyzer'
    mkdir -p "$build/suite"
    {
        printf 'subdirs("%s")\n' "$build/ci"
        [[ $is_quick == yes ]] || printf 'subdirs("%s")\nsubdirs("%s")\n' "$build/tsan" "$build/fuzz"
        printf 'add_test("structure/format" "%s/check-format" "%s")\n' "$checks" "$source_dir"
        printf 'add_test("structure/rules" "%s/report-rules" "%s/tests/rules.tsv")\n' "$checks" "$source_dir"
        printf 'add_test("structure/tidy" "%s/check-tidy" "%s" "%s" %s)\n' "$checks" "$source_dir" "$build/ci" "$tidied"
        printf 'add_test("structure/headless" "%s/check-headless" "%s")\n' "$checks" "$build/headless/bin"
        printf 'add_test("structure/desktop-files" "%s/check-desktop-files" "%s/installers")\n' "$checks" "$source_dir"
        printf 'set_tests_properties("structure/tidy" PROPERTIES PROCESSORS 2 TIMEOUT 2400 LABELS tidy)\n'
        printf 'set_tests_properties("structure/format" "structure/rules" "structure/headless" "structure/desktop-files" PROPERTIES TIMEOUT 120)\n'
    } >"$build/suite/CTestTestfile.cmake"
}

run_suite() {
    local options=(--test-dir "$build/suite" --output-on-failure -j "$jobs" --no-tests=error) status=0
    [[ $is_quick == no ]] || options+=(-LE 'fuzz|rack|tidy')
    [[ -z $only ]] || options+=(-R "$only")
    ctest "${options[@]}" --output-junit "$build/suite/results.xml" || status=$?
    printf '\n=== what the reliability rules are proved by\n'
    tests/support/checks/report-rules tests/rules.tsv "$build/suite/results.xml" || status=1
    if [[ $status -ne 0 ]]; then
        printf '\n=== why tests failed\n'
        tests/support/checks/report-failures "$build/suite/results.xml"
    fi
    return "$status"
}

lists=(installers/packages-{build,run,rack,test}.txt)
trap 'give_back "$build"' EXIT
begin=$SECONDS
stage 'packages' without_services ensure_packages "${lists[@]}"
stage 'build: program and tests' build_preset ci
stage 'build: every header compiles by itself' verify_headers
stage 'build: headless' build_preset headless
if [[ $is_quick == no ]]; then
    stage 'build: servers with ThreadSanitizer' build_preset tsan server_tests
    stage 'build: fuzzers' build_preset fuzz fuzzers "-DRACKMUSTER_FUZZ_SECONDS=$fuzz_seconds"
fi
write_suite
printf '\n=== tests (%d s so far)\n' $((SECONDS - begin))
run_suite
