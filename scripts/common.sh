# What the scripts share; read with `.` from the folder of the project.

# The program and its tests are compiled into one folder outside the checkout: RocksDB takes a quarter of an hour, once.
cache="${XDG_CACHE_HOME:-$HOME/.cache}/urbi"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"

say() { printf '\n== %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# install PACKAGE…: with apt, as root or through sudo.
install() {
    command -v apt-get >/dev/null ||
        fail "please install what Debian calls $* and run this again (there is no apt-get here)"
    local root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            fail "please let an administrator run: apt-get install $*   (you are not root, and there is no sudo)"
        root=(sudo)
    fi
    say "installing $*"
    "${root[@]}" apt-get update -q >&2 || true
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 ||
        fail "apt-get could not install $*; please install them and run this again"
}

# libclang reads RocksDB's headers, and needs clang's own beside it (a bare libclang1 has none).
has_libclang() {
    [ -z "${LIBCLANG_PATH:-}" ] || return 0
    compgen -G '/usr/lib/*/libclang*.so*' >/dev/null || compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' >/dev/null ||
        compgen -G '/usr/lib64/libclang*.so*' >/dev/null || return 1
    compgen -G '/usr/lib*/llvm-*/lib/clang/*/include/stddef.h' >/dev/null ||
        compgen -G '/usr/lib*/clang/*/include/stddef.h' >/dev/null
}

# What compiling needs beside Rust: checked first, because RocksDB would fail for lack of libclang at the very end.
need_compilers() {
    command -v cargo >/dev/null || fail "Rust is missing: see https://rustup.rs, then run this again"
    local missing=()
    command -v c++ >/dev/null && command -v make >/dev/null || missing+=(build-essential)
    has_libclang || missing+=(libclang-dev)
    [ ${#missing[@]} = 0 ] || install "${missing[@]}"
}
