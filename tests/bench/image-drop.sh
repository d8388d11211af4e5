#!/bin/bash
# image-drop.sh [--build DIR] [--size GB]: measures B16, prints a table, and fails when a goal of the benchmark is missed.
# Writes below the build directory and leaves nothing there. Needs twice the size of the image as free space.
set -euo pipefail
source_dir=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")")
build=$source_dir/build/bench
size=
files=8000

fail() {
    printf 'image-drop.sh: %s\n' "$1" >&2
    exit 1
}

while [[ $# -ge 2 ]]; do
    case $1 in
    --build) build=$(realpath -- "$2") ;;
    --size) size=$2 ;;
    *) fail "unknown option $1" ;;
    esac
    shift 2
done
drop=$build/bin/bench_image_drop
ctl=$build/bin/rackmusterctl
[[ -x $drop && -x $ctl ]] || fail "build bench_image_drop and rackmusterctl in $build first"
if [[ -z $size ]]; then
    free=$(df --output=avail -BG "$build" | tail -n 1 | tr -dc 0-9)
    size=10
    if ((free < 25)); then
        size=$((free / 3))
        printf 'Only %s GB are free: the image has %s GB instead of 10.\n' "$free" "$size"
    fi
fi
((size > 0)) || fail 'not enough free space'

work=$(mktemp -d "$build/bench-XXXXXX")
trap 'rm -rf -- "$work"' EXIT
image=$work/image.iso
tree=$work/tree
each=$((size * 1000000000 / files))

# The tree costs nothing, as its packages are holes; in the image they are not.
make_image() {
    local directory number
    mkdir -p "$tree"/{images/pxeboot,EFI/BOOT,BaseOS/repodata,AppStream/repodata}
    printf '[general]\nfamily = CentOS Stream\nname = CentOS Stream 9\nversion = 9\narch = x86_64\n' >"$tree/.treeinfo"
    for number in images/pxeboot/vmlinuz images/pxeboot/initrd.img images/install.img EFI/BOOT/BOOTX64.EFI \
        EFI/BOOT/grubx64.efi BaseOS/repodata/repomd.xml AppStream/repodata/repomd.xml; do
        head -c 1000000 /dev/urandom >"$tree/$number"
    done
    for directory in {a..z}; do
        mkdir -p "$tree/AppStream/Packages/$directory"
    done
    for ((number = 0; number < files; ++number)); do
        directory=$(printf '%b' "\\x$(printf '%x' $((97 + number % 26)))")
        printf '%s\0' "$tree/AppStream/Packages/$directory/${directory}package-with-a-usual-name-$number-1.2.3-4.el9.x86_64.rpm"
    done | xargs -0 truncate -s "$each"
    xorriso -report_about SORRY -as mkisofs -quiet -R -J -joliet-long -V B16 "$tree" 2>/dev/null |
        dd of="$image" bs=1M iflag=fullblock conv=sparse status=none
    "$drop" fill "$image"
    rm -rf -- "$tree"
}

# seconds COMMAND...: how long it takes, to its last byte on the disk.
seconds() {
    local start=$EPOCHREALTIME
    "$@" >/dev/null 2>"$work/words"
    sync -f "$work"
    awk -v start="$start" -v end="$EPOCHREALTIME" 'BEGIN { printf "%.3f", end - start }'
}

copy_by_mount() {
    mkdir -p "$work/mnt"
    mount -o loop,ro "$image" "$work/mnt" 2>/dev/null || return 1
    rival='cp -a from a loop mount'
    taken=$(seconds cp -a "$work/mnt" "$work/copy")
    umount "$work/mnt"
}

copy_by_extraction() {
    rival='xorriso -osirrox (no loop mount here)'
    taken=$(seconds xorriso -report_about SORRY -osirrox on:auto_chmod_on -indev "$image" -extract / "$work/copy")
}

goal() {
    local name=$1 value=$2 comparison=$3 limit=$4 unit=${5:+ $5} verdict=met
    if ! awk -v a="$value" -v b="$limit" "BEGIN { exit !(a $comparison b) }"; then
        verdict=MISSED
        missed=yes
    fi
    printf 'B16 %s: %s%s, goal %s %s %s\n' "$name" "$value" "$unit" "$comparison" "$limit" "$verdict"
}

missed=no
make_image
cat "$image" >/dev/null # warm
read -r warm _ _ written found < <("$drop" warm "$image")
inspect=$(seconds "$ctl" inspect "$image")
cat "$image" >/dev/null
copy_by_mount || copy_by_extraction
rm -rf -- "$work/copy"
read -r cold _ bytes cold_written _ < <("$drop" cold "$image")
megabytes=$(awk -v b="$bytes" 'BEGIN { printf "%.2f", b / 1e6 }')
slow=$(awk -v t="$warm" -v b="$bytes" 'BEGIN { printf "%.3f", t + b / 1e8 }')

printf '\nan image of %s GB with %s files, from its path to bootable\n' "$size" "$found"
printf '  %-46s %10s s\n' 'warm' "$warm" 'warm, as a whole program (rackmusterctl inspect)' "$inspect" \
    'cold, on this disk' "$cold" "$rival" "$taken"
subject="an image of $size GB with $found files"
goal "$subject, from its path to bootable, warm" "$warm" '<=' 1 s
goal "$subject, cold on a medium of 100 MB/s" "$slow" '<=' 3 s
goal "$subject, read when cold" "$megabytes" '<=' 10 MB
goal "$subject, written" "$(awk -v b="$((written + cold_written))" 'BEGIN { printf "%.2f", b / 1e6 }')" '<=' 10 MB
goal "sooner than a copy by $rival" "$(awk -v a="$taken" -v b="$warm" 'BEGIN { printf "%.0f", a / b }')" '>=' 50 times
[[ $missed == no ]]
