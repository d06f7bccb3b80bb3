# What building needs: JDK 25 or newer and Maven. Read by ./weft and ./check (POSIX sh).
#
# A script that reads this file names itself in $program. Set here: JAVA_HOME (exported), jdk.
# shellcheck shell=sh

# Exit codes, after sysexits.h: a tool is missing; the build failed; there is no place to write to.
EX_UNAVAILABLE=69
EX_SOFTWARE=70
EX_CANTCREAT=73

say() {
    printf '%s: %s\n' "$program" "$*" >&2
}

fail() {
    code=$1
    shift
    say "$@"
    exit "$code"
}

# Looks at the JDK in directory $1 without starting it. Succeeds when it has a compiler and is new
# enough; leaves its feature release in $feature and the exact build in $build.
is_jdk() {
    feature=0 build=
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='="' read -r key _ value _; do
        case $key in
            JAVA_VERSION) feature=${value%%[!0-9]*} ;;
            JAVA_RUNTIME_VERSION) build=$value ;;
        esac
    done <"$1/release"
    [ "${feature:-0}" -ge 25 ]
}

# The JDK to use: the one asked for, else the oldest that is new enough, since that is what the
# tests ran with.
find_jdk() {
    if [ -n "${WEFT_JAVA_HOME:-}" ]; then
        is_jdk "$WEFT_JAVA_HOME" ||
            fail $EX_UNAVAILABLE "WEFT_JAVA_HOME=$WEFT_JAVA_HOME is no JDK 25 or newer"
        JAVA_HOME=$WEFT_JAVA_HOME
    elif ! is_jdk "${JAVA_HOME:-}"; then
        JAVA_HOME=
        oldest=
        for home in /usr/lib/jvm/*; do
            if is_jdk "$home" && { [ -z "$oldest" ] || [ "$feature" -lt "$oldest" ]; }; then
                oldest=$feature
                JAVA_HOME=$home
            fi
        done
        if [ -z "$JAVA_HOME" ] && on_path=$(command -v javac); then
            on_path=$(readlink -f "$on_path")
            JAVA_HOME=${on_path%/bin/javac}
        fi
        is_jdk "$JAVA_HOME" || return 1
    fi
    jdk="$JAVA_HOME $build"
    export JAVA_HOME
}

need_jdk() {
    find_jdk && return
    if can_install; then
        apt_update
        if apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
            apt_install openjdk-25-jdk-headless && find_jdk && return
        fi
    fi
    say "there is no JDK 25 or newer in WEFT_JAVA_HOME, JAVA_HOME, /usr/lib/jvm or PATH. Either"
    say "  - install the package openjdk-25-jdk-headless, where the distribution has it, or"
    say "  - unpack any JDK 25, for instance Eclipse Temurin (https://adoptium.net), into"
    say "    /usr/lib/jvm/, or set WEFT_JAVA_HOME to the directory it is in."
    exit $EX_UNAVAILABLE
}

need_maven() {
    command -v mvn >/dev/null && return
    if can_install; then
        apt_update
        apt_install maven && return
    fi
    fail $EX_UNAVAILABLE "Maven is missing: install the package maven (apt-get install maven)"
}

can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

# Package lists are fetched once in a run: a fresh container has none.
apt_update() {
    [ -n "${apt_updated:-}" ] || apt-get -qq update >/dev/null || say "apt-get update failed"
    apt_updated=yes
}

apt_install() {
    say "installing $*"
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "$@" </dev/null >/dev/null
}
