# tools/node/use.sh -- to be sourced: afterwards `node` on PATH is at least 20.19 (what the web
# build asks for).  Where the machine's own is older, the pinned Node 22 of this folder is
# installed with npm and goes in front.  The caller has set XJ_ROOT to the top of the repository.
xj_node_fits() {
    command -v node >/dev/null 2>&1 || return 1
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

if ! xj_node_fits; then
    case $(uname -m) in
        x86_64) xj_node_arch=x64 ;;
        aarch64 | arm64) xj_node_arch=arm64 ;;
        *)
            echo "tools/node: there is no pinned Node for $(uname -m); install Node 20.19 or later" >&2
            exit 1
            ;;
    esac
    xj_node_bin="$XJ_ROOT/tools/node/node_modules/node-linux-$xj_node_arch/bin"
    if [ ! -x "$xj_node_bin/node" ]; then
        command -v npm >/dev/null 2>&1 || {
            echo "tools/node: npm is missing (Debian: apt-get install npm)" >&2
            exit 1
        }
        (cd "$XJ_ROOT/tools/node" && npm ci --no-audit --no-fund) >&2 || exit 1
    fi
    PATH="$xj_node_bin:$PATH"
    export PATH
fi
