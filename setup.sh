#!/bin/sh
# Install what is missing, and nothing else: system libraries, a Chinese font, and .venv.
# Run again after an interruption; when nothing is missing it says nothing.
set -eu
cd "$(dirname "$0")"

PYTHONS="python3.13 python3.12 python3.11 python3 python"
# The families that scenes/stage/fonts.py accepts for zh-Hans and zh-Hant; one of each is enough.
HANS="Noto Sans CJK SC|Noto Sans SC|Source Han Sans SC|Source Han Sans CN|PingFang SC|Microsoft YaHei|WenQuanYi Micro Hei|WenQuanYi Zen Hei"
HANT="Noto Sans CJK TC|Noto Sans CJK HK|Noto Sans TC|Noto Sans HK|Source Han Sans TC|Source Han Sans TW|Source Han Sans HK|PingFang TC|PingFang HK|Microsoft JhengHei"

VENV=.venv
STAMP=$VENV/set-up

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- What is there? -------------------------------------------------------------------------

python_is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    if venv_works; then
        echo $VENV/bin/python
        return
    fi
    for name in $PYTHONS; do
        if have "$name" && python_is_new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Whole, and made where it stands: the scripts in a .venv that was moved start nothing.
venv_works() {
    grep -qF "$(pwd -P)/$VENV" $VENV/bin/activate 2>/dev/null &&
        python_is_new_enough $VENV/bin/python &&
        $VENV/bin/python -m pip --version >/dev/null 2>&1
}

has_fonts() {
    [ ! -e /System/Library/Fonts/PingFang.ttc ] || return 0 # comes with macOS
    have fc-list || return 1
    families=$(fc-list : family 2>/dev/null) || return 1
    printf '%s\n' "$families" | grep -Eq "(^|,)($HANS)(,|\$)" &&
        printf '%s\n' "$families" | grep -Eq "(^|,)($HANT)(,|\$)"
}

# What the installed packages depend on: any change of it makes them stale.
key() {
    pwd -P
    $VENV/bin/python -c 'import sys; print(sys.version)' 2>/dev/null
    cat setup.sh requirements.txt pyproject.toml | cksum
}

is_set_up() {
    [ -f $STAMP ] && [ "$(key)" = "$(cat $STAMP)" ] &&
        $VENV/bin/python -c 'import cairo, manimpango' 2>/dev/null && has_fonts
}

# The parts that only the system's own packages bring, one word each.
missing() {
    have cc || have gcc || have clang || echo compiler
    if have pkg-config; then
        pkg-config --exists cairo || echo cairo
        pkg-config --exists pango pangocairo || echo pango
    else
        echo pkg-config cairo pango
    fi
    has_fonts || echo font
    venv_works || "$python" -c 'import venv, ensurepip' 2>/dev/null || echo venv
    "$python" - <<'END' || echo headers
import pathlib, sys, sysconfig
sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").is_file())
END
}

# --- Bring it ---------------------------------------------------------------------------------

# The package of one missing part: package_of FAMILY PART
package_of() {
    case $1:$2 in
        debian:compiler) echo gcc libc6-dev ;;
        debian:cairo) echo libcairo2-dev ;;
        debian:pango) echo libpango1.0-dev ;;
        debian:font) echo fonts-noto-cjk ;;
        debian:venv) echo "python$version-venv" ;;
        debian:headers) echo "python$version-dev" ;;
        fedora:compiler) echo gcc ;;
        fedora:cairo) echo cairo-devel ;;
        fedora:pango) echo pango-devel ;;
        fedora:font) echo google-noto-sans-cjk-fonts ;;
        fedora:headers) echo python3-devel ;;
        arch:compiler) echo gcc ;;
        arch:pkg-config) echo pkgconf ;;
        arch:font) echo noto-fonts-cjk ;;
        brew:font) echo font-noto-sans-cjk ;;
        brew:compiler | brew:headers | brew:venv) ;;
        arch:headers | arch:venv) echo python ;;
        fedora:venv) echo python3 ;;
        *) echo "$2" ;;
    esac
}

packages() { for part in $parts; do package_of "$1" "$part"; done | tr '\n' ' ' | sed 's/ $//'; }

# Run as root: directly, or by sudo, which may ask for a password only where somebody can type it.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" = 0 ] || { have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

# shellcheck disable=SC2086 # $1 is a list of words
install_by_apt() {
    if ! apt-get -qq --simulate install $1 >/dev/null 2>&1 ||
        ! apt_get install --no-install-recommends $1; then
        # No package lists, old ones, or a dpkg that was interrupted: mend that, and try once more.
        as_root dpkg --configure -a >&2
        apt_get update
        apt_get install --no-install-recommends $1
    fi
}

install_by_brew() {
    for package in $1; do
        case $package in
            font-*) brew install --cask "$package" >&2 ;;
            *) brew install "$package" >&2 ;;
        esac
    done
}

advise() {
    say "Set-up stops: this machine lacks $(echo "$parts" | tr '\n' ' ' | sed 's/ $//; s/ /, /g')."
    say "Install it, then run the same command again:"
    say ""
    if have apt-get; then
        say "    sudo apt-get install -y $(packages debian)"
    elif have dnf; then
        say "    sudo dnf install $(packages fedora)"
    elif have pacman; then
        say "    sudo pacman -S --needed $(packages arch)"
    elif [ "$(uname)" = Darwin ]; then
        case $parts in *compiler*) say "    xcode-select --install" ;; esac
        say "    brew install $(packages brew)     (with Homebrew)"
    else
        say "    $(packages debian)     (as Debian names them)"
    fi
    exit 1
}

bring_system() {
    parts=$(missing)
    [ -n "$parts" ] || return 0
    if have apt-get && can_be_root; then
        say "Installing $(packages debian)"
        install_by_apt "$(packages debian)" || advise
    elif [ "$(uname)" = Darwin ] && have brew; then
        say "Installing $(packages brew)"
        install_by_brew "$(packages brew)" || advise
    else
        advise
    fi
    parts=$(missing)
    [ -z "$parts" ] || advise
}

bring_packages() {
    if ! venv_works; then
        say "Making $VENV with $("$python" --version)"
        "$python" -m venv --clear $VENV
    fi
    say "Installing Python packages (the first time takes a minute or two)"
    pip="$VENV/bin/python -m pip --disable-pip-version-check install --quiet --no-input --use-pep517"
    $pip -r requirements.txt
    # The build backend is pinned with everything else, so no second copy of it is fetched.
    $pip --no-deps --no-build-isolation --editable .
}

# What only tests of pages need; without it they are left out, and say so.
bring_browser() {
    ! have chromium && ! have chromium-browser || return 0
    if have apt-get && can_be_root; then
        say "Installing chromium"
        install_by_apt chromium || say "Chromium can't be had; tests of pages are left out."
    else
        say "Tests of pages are left out: they need Chromium, which this system has to install."
    fi
}

# --- The order of things ---------------------------------------------------------------------

if [ "${1:-}" = --browser ]; then
    bring_browser
    exit 0
fi
if is_set_up; then
    exit 0
fi
python=$(find_python) || stop "Set-up stops: no Python 3.11 or newer was found (looked for: $PYTHONS).
Install one, for example with: sudo apt-get install python3   or: brew install python@3.13"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

rm -f $STAMP
bring_system
bring_packages
key >$STAMP.new
mv $STAMP.new $STAMP
is_set_up || stop "Set-up stops: the packages are installed, but cairo or pango cannot be loaded:
$($VENV/bin/python -c 'import cairo, manimpango' 2>&1 || true)"
say "Set up."
