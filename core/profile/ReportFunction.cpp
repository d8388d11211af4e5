#include "core/profile/AnswerText.h"
#include "core/profile/Reports.h"

namespace rackmuster::profile {

std::string reportFunction(std::string_view url) {
    return "url=" + shellQuoted(url) + R"sh(
script='
import sys
try:
    from urllib.request import ProxyHandler, build_opener
except ImportError:
    from urllib2 import ProxyHandler, build_opener
build_opener(ProxyHandler({})).open(sys.argv[1], timeout=20).read()
'
plain='
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" "$3" "$1" >&3
read -r -t 20 answer <&3 || exit 1
case $answer in *" 200 "*) exit 0 ;; esac
exit 1
'
report() {
    "$@" curl -fsS --noproxy "*" --connect-timeout 5 --max-time 20 --retry 2 -o /dev/null "$url" && return 0
    "$@" wget -q --no-proxy -T 20 -t 3 -O /dev/null "$url" && return 0
    for python in python3 /usr/libexec/platform-python python2 python; do
        "$@" "$python" -c "$script" "$url" && return 0
    done
    rest=${url#http://}
    host=${rest%%/*}
    port=80
    case $host in *:*) port=${host#*:} host=${host%%:*} ;; esac
    "$@" bash -c "$plain" bash "$host" "$port" "/${rest#*/}"
}
)sh";
}

} // namespace rackmuster::profile
