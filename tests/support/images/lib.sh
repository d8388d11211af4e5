# Shared by the image builders. Sourced; every caller has set -euo pipefail and images_dir.

fail() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 1
}

# require_file PATH PACKAGE: the input exists, or the package that brings it is named.
require_file() {
    [[ -r $1 ]] || fail "$1 is missing or not readable; it is part of the Debian package $2"
}

require_program() {
    command -v "$1" >/dev/null || fail "the program $1 is missing; it is part of the Debian package $2"
}

# newest_kernel: prints the path of the newest signed Debian kernel whose modules are installed.
newest_kernel() {
    local kernel
    while read -r kernel; do
        if [[ -d /lib/modules/${kernel#/boot/vmlinuz-} ]]; then
            printf '%s\n' "$kernel"
            return
        fi
    done < <(printf '%s\n' /boot/vmlinuz-*-amd64 | sort -rV)
    fail "no /boot/vmlinuz-*-amd64 with modules; it is part of the Debian package linux-image-amd64"
}

# fingerprint FILE...: one line that changes when any input does. Big inputs count by path, size and time.
fingerprint() {
    stat -L -c '%n %s %Y' -- "$@" | sha256sum | cut -d' ' -f1
}

# is_current OUT FINGERPRINT: OUT was built from these inputs.
is_current() {
    [[ -s $1 && -f $1.inputs && $(<"$1.inputs") == "$2" ]]
}

# put SOURCE DESTINATION: copies and makes the folders on the way.
put() {
    install -D -m 0644 -- "$1" "$2"
}

# write_iso TREE OUT VOLUME FINGERPRINT: the image appears under its name only when it is complete. The same tree
# gives the same bytes.
write_iso() {
    local tree=$1 out=$2 volume=$3 print=$4 log
    rm -f -- "$out.inputs"
    find "$tree" -exec touch -h -d @1700000000 {} +
    if ! log=$(SOURCE_DATE_EPOCH=1700000000 xorriso -as mkisofs -quiet -r -J -V "$volume" -o "$out.part" "$tree" 2>&1); then
        fail "xorriso: $log"
    fi
    mv -- "$out.part" "$out"
    printf '%s\n' "$print" >"$out.inputs"
}

# take IMAGE PATH DESTINATION: a file out of an image.
take() {
    xorriso -report_about SORRY -osirrox on:auto_chmod_on -indev "$1" -extract "$2" "$3" 2>/dev/null ||
        fail "$1 holds no $2"
}

# take_standin IMAGE TREE KERNEL INITRD LOADERS: what boots the stand-in installer, under the names of another family.
take_standin() {
    mkdir -p "$2/$(dirname -- "$3")" "$2/$5"
    take "$1" /images/pxeboot/vmlinuz "$2/$3"
    take "$1" /images/pxeboot/initrd.img "$2/$4"
    take "$1" /EFI/BOOT/BOOTX64.EFI "$2/$5/bootx64.efi"
    take "$1" /EFI/BOOT/grubx64.efi "$2/$5/grubx64.efi"
}

# sum FILE: its SHA-256.
sum() {
    sha256sum <"$1" | cut -d' ' -f1
}
