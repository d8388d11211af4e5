#!/bin/bash
# Installs what Rackmuster needs, builds it, and runs the main job: two machines with real firmware, one BIOS and one UEFI
# with Secure Boot, are seen, approved and installed on a virtual rack. On a fresh Debian 12: sudo installers/run.sh
# With --interface IF the console serves a real cable instead. Leaves nothing behind but the build and the pictures.
set -euo pipefail
source_dir=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
. "$source_dir/installers/packages.sh"
build=$source_dir/build/release
pictures=$source_dir/build/pictures
rack=$source_dir/tests/support/rack/rack
rack_name=rmdemo$$
patience=480 # seconds for the machines
macs=(52:54:00:77:00:01 52:54:00:77:00:02)

usage() {
    cat <<'TEXT'
usage: sudo installers/run.sh [--approve] [--keep]
       sudo installers/run.sh --interface IF [--iso FILE]... [--keep]
  --approve      approve the machines of the virtual rack without asking, although there is a display
  --interface IF serve this interface, which is plugged into real machines, until the window is closed
  --iso FILE     import this installation image first
  --keep         keep the state directory and say where it is
TEXT
}

interface=
isos=()
approves=no
keeps=no
while [[ $# -gt 0 ]]; do
    case $1 in
    --interface | --iso)
        [[ $# -ge 2 ]] || { usage >&2; exit 2; }
        if [[ $1 == --iso ]]; then isos+=("$(realpath -- "$2")"); else interface=$2; fi
        shift
        ;;
    --approve) approves=yes ;;
    --keep) keeps=yes ;;
    --help | -h) usage; exit ;;
    *) usage >&2; exit 2 ;;
    esac
    shift
done
[[ $EUID -eq 0 ]] || { printf 'Start this with sudo: it installs packages and opens network sockets.\n' >&2; exit 1; }

# The window is never root: it is the user who called sudo, or nobody.
user=${SUDO_USER:-nobody}
[[ $user != root ]] || user=nobody
uid=$(id -u "$user")
gid=$(id -g "$user")

work=
console_pid=
display_pid=

leave() {
    local status=$?
    trap - EXIT INT TERM HUP
    end_process "$console_pid"
    "$rack" down "$rack_name" || true
    end_process "$display_pid"
    if [[ -n $work ]]; then
        if [[ $keeps == yes && -d $work/state ]]; then
            rm -rf -- "$source_dir/build/state"
            mv -- "$work/state" "$source_dir/build/state"
            printf 'The state is kept in %s\n' "$source_dir/build/state"
        fi
        rm -rf -- "$work"
    fi
    give_back "$source_dir/build"
    exit "$status"
}

# end_process PID: asks, then insists. Our own child, so its number cannot be anybody else's before we wait for it.
end_process() {
    [[ -n $1 ]] || return 0
    kill -TERM "$1" 2>/dev/null || true
    timeout 10 tail --pid="$1" -s 0.1 -f /dev/null || kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

build_release() {
    cmake --preset release
    cmake --build "$build" -j "$(nproc)"
}

# The programs where the user can run them, the helper with the two capabilities it needs and nobody else may use.
lay_out() {
    # Not /tmp, which is often mounted without file capabilities.
    work=$(mktemp -d /var/tmp/rackmuster.XXXXXXXX)
    mkdir "$work/bin" "$work/state" "$work/home" "$work/run"
    chmod 0711 "$work"
    chmod 0700 "$work/state" "$work/home" "$work/run"
    install -m 0755 "$build"/bin/{rackmuster,rackmusterctl,rackmuster-reader} "$work/bin/"
    install -m 0750 -g "$gid" "$build/bin/rackmuster-nethelper" "$work/bin/"
    setcap cap_net_raw,cap_net_bind_service+ep "$work/bin/rackmuster-nethelper"
    chown "$uid:$gid" "$work/state" "$work/home" "$work/run"
    install -d -o "$uid" -g "$gid" "$pictures"
    rm -f -- "$pictures"/*.png # of an earlier run, and maybe of another user's
}

# as_user COMMAND...: without any right of root's, in an environment of its own. `without_rights` is the same as words,
# for a command that has to become the very process that we started.
as_user() {
    without_rights
    "${prefix[@]}" "$@"
}

without_rights() {
    prefix=(setpriv --reuid "$uid" --regid "$gid" --clear-groups --inh-caps=-all
        env -i PATH=/usr/bin:/bin HOME="$work/home" LANG="${LANG:-C.UTF-8}" "${session[@]}")
}

has_display() {
    [[ $user != nobody && (-n ${DISPLAY:-} || -S /run/user/$uid/wayland-0) ]]
}

choose_display() {
    session=(XDG_RUNTIME_DIR="$work/run")
    if has_display; then
        own_display=no
        session=(XDG_RUNTIME_DIR="/run/user/$uid" DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$uid/bus")
        [[ -z ${DISPLAY:-} ]] || session+=(DISPLAY="$DISPLAY" XAUTHORITY="${XAUTHORITY:-$(getent passwd "$user" | cut -d: -f6)/.Xauthority}")
        [[ ! -S /run/user/$uid/wayland-0 ]] || session+=(WAYLAND_DISPLAY="${WAYLAND_DISPLAY:-wayland-0}")
        return
    fi
    own_display=yes
    approves=yes
    local number
    mkfifo "$work/display"
    without_rights
    "${prefix[@]}" Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3<>"$work/display" 2>"$work/xvfb.log" &
    display_pid=$!
    read -r -t 20 number <"$work/display" || fail "Xvfb did not start: $(<"$work/xvfb.log")"
    session+=(DISPLAY=":$number")
}

# The picture of our own display; of somebody's desktop none is taken.
take_picture() {
    [[ $own_display == yes ]] || return 0
    as_user import -window root "$pictures/$1.png" || fail "The picture $pictures/$1.png could not be taken."
    printf '    picture: %s\n' "$pictures/$1.png"
}

# On somebody's own desktop: the window is closed and its state drawn once more, off the screen.
picture_of_state() {
    end_process "$console_pid"
    console_pid=
    as_user QT_QPA_PLATFORM=offscreen "$work/bin/rackmuster" --state "$work/state" --size 1600x1000 \
        --screenshot "$pictures/console.png"
    printf 'The picture is %s\n' "$pictures/console.png"
}

open_console() {
    local options=(--state "$work/state" --interface "$1" --start --events "$work/state/events.jsonl") iso
    for iso in "${isos[@]}"; do
        options+=(--import "$iso")
    done
    [[ $own_display == no ]] || options+=(--size 1600x1000)
    without_rights
    [[ $1 != br0 ]] || prefix=(ip netns exec "$rack_name" "${prefix[@]}")
    "${prefix[@]}" "$work/bin/rackmuster" "${options[@]}" &
    console_pid=$!
}

field() {
    sed -n 's/.*"'"$2"'":"\{0,1\}\([^",}]*\).*/\1/p' <<<"$1"
}

# next_event: the next whole line of the event file into `event`; fails when there is none yet.
next_event() {
    local more
    if IFS= read -r -u "$events" more; then
        event=$partial$more
        partial=
        return 0
    fi
    partial+=$more
    return 1
}

declare -A reached=()

tell() {
    local name mac
    name=$(field "$event" event)
    mac=$(field "$event" mac)
    case $name in
    packages | log | foreign-dhcp | rejected) return 0 ;;
    imported) printf '%4d s  imported %s in %s s\n' "$SECONDS" "$(field "$event" name)" "$(field "$event" seconds)" ;;
    diagnosis) printf '%4d s  %s %s\n' "$SECONDS" "$mac" "$(field "$event" text)" ;;
    *) printf '%4d s  %-17s  %-10s  %s\n' "$SECONDS" "${mac:--}" "$name" "$(field "$event" hostname)" ;;
    esac
    reached[${mac:--} $name]=yes
    if [[ $name == parked ]]; then
        take_picture "waiting-${mac//:/}"
        approve "$mac"
    fi
}

approve() {
    if [[ $approves == no ]]; then
        printf '        %s waits: select it in the window and approve it\n' "$1"
    else
        as_user "$work/bin/rackmusterctl" approve --state "$work/state" "$1"
    fi
}

# all_reached STAGE...: every machine reached one of the stages.
all_reached() {
    local mac name found
    for mac in "${macs[@]}"; do
        found=no
        for name in "$@"; do
            [[ -z ${reached[$mac $name]:-} ]] || found=yes
        done
        [[ $found == yes ]] || return 1
    done
}

# follow SECONDS CONDITION...: tells events until the condition holds; fails when time is up or the window is closed.
follow() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        if next_event; then
            tell
        elif ! kill -0 "$console_pid" 2>/dev/null || ((SECONDS > deadline)); then
            return 1
        else
            sleep 0.2 # between two looks at a file
        fi
    done
}

is_ready() {
    [[ -n ${reached[- ready]:-} ]]
}

open_events() {
    local tries=600
    until [[ -e $work/state/events.jsonl ]]; do
        kill -0 "$console_pid" 2>/dev/null && ((tries-- > 0)) || fail 'The console did not start.'
        sleep 0.1
    done
    exec {events}<"$work/state/events.jsonl"
    partial=
}

serve_virtual_rack() {
    isos=("$work/standin.iso")
    "$source_dir/tests/support/images/make-standin-iso" "$source_dir/build/images/standin.iso"
    install -m 0644 "$source_dir/build/images/standin.iso" "${isos[0]}"
    "$rack" up "$rack_name"
    open_console br0
    open_events
    follow 60 is_ready || fail 'The console did not become ready.'
    printf 'Power on: machine 1 (SeaBIOS, iPXE ROM), machine 2 (UEFI with Secure Boot, shim, grub)\n'
    "$rack" machine "$rack_name" 1 bios-ipxe --disk "$work/disk-1.img"
    "$rack" machine "$rack_name" 2 uefi-secureboot --disk "$work/disk-2.img"
    follow "$patience" all_reached kickstart stage2 metadata post done ||
        fail 'Not every machine came as far as its kickstart.'
    take_picture installing
    follow 60 all_reached done || printf 'The kickstarts are served; not every machine reported its end within a minute.\n'
    take_picture console
    printf '\nBoth machines fetched their kickstart through the console.\n'
    [[ $own_display == no ]] || printf 'Pictures are in %s\n' "$pictures"
    [[ $own_display == yes ]] || picture_of_state
}

serve_cable() {
    has_display || fail 'There is no display to open the window on. Without one: rackmusterctl serve --help'
    open_console "$interface"
    printf 'The console serves %s. Close its window to end.\n' "$interface"
    wait "$console_pid"
}

cd -- "$source_dir"
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
stage 'packages' ensure_packages installers/packages-{build,run,rack}.txt
stage 'build' build_release
lay_out
choose_display
SECONDS=0
if [[ -n $interface ]]; then
    serve_cable
else
    serve_virtual_rack
fi
