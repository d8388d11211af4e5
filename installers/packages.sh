# Sourced by the two commands of the README: lists of Debian packages, and the time that stages take.

# packages_of FILE...: the names in the lists.
packages_of() {
    sed 's/#.*//' "$@" | awk 'NF' | sort -u
}

is_installed() {
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# ensure_packages FILE...: installs what is missing; asks nobody and, when nothing is missing, no network either.
ensure_packages() {
    local package missing=()
    for package in $(packages_of "$@"); do
        is_installed "$package" || missing+=("$package")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if [[ $EUID -ne 0 ]]; then
        printf 'These packages are missing; run this with sudo, or install them: %s\n' "${missing[*]}" >&2
        return 1
    fi
    printf 'Installing %s\n' "${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q update
    apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confold install "${missing[@]}"
}

# without_services COMMAND...: no package that it installs starts its service, now or at the next boot of this computer.
without_services() {
    local policy=/usr/sbin/policy-rc.d unit units=(kea-dhcp4-server nginx lighttpd atftpd snmpd openipmi) status=0 is_ours=no
    if [[ $EUID -eq 0 && ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        is_ours=yes
    fi
    # What stood here before keeps its state; what is new is not to be enabled.
    for unit in "${!units[@]}"; do
        ! is_installed "${units[$unit]/nginx/nginx-light}" || unset "units[$unit]"
    done
    "$@" || status=$?
    [[ $is_ours == no ]] || rm -f -- "$policy"
    if [[ $EUID -eq 0 ]] && command -v systemctl >/dev/null; then
        for unit in "${units[@]}"; do
            systemctl --quiet disable "$unit.service" 2>/dev/null || true # it may have none
        done
    fi
    return "$status"
}

# stage TITLE COMMAND...: runs it and says how long it took.
stage() {
    local title=$1 begin=$SECONDS status=0
    shift
    printf '\n=== %s\n' "$title"
    "$@" || status=$?
    printf '=== %s: %d s%s\n' "$title" $((SECONDS - begin)) "$([[ $status -eq 0 ]] || printf ', FAILED')"
    return "$status"
}

# give_back PATH...: what a build under sudo made belongs to whom the source belongs to.
give_back() {
    local path
    [[ $EUID -eq 0 ]] || return 0
    for path in "$@"; do
        [[ ! -e $path ]] || chown -R --reference="$source_dir" "$path"
    done
}
