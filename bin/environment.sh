# Read by the launchers: sets `root` and `python`, and builds the environment when the lock asks for another one.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
lock=${lock:-requirements.lock}
python="$root/.venv/bin/python"
export PYTHONPATH="$root/src${PYTHONPATH:+:$PYTHONPATH}"

if ! cmp -s "$root/$lock" "$root/.venv/$lock" || ! "$python" -c '' 2>/dev/null; then
    for candidate in ${CHIBO_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$candidate" "$root/src/chibo/ops/environment.py" "$lock" || exit 1
            built=yes
            break
        fi
    done
    if [ -z "${built:-}" ]; then
        echo "Cần Python 3.11 trở lên: apt install python3 python3-pip" >&2
        exit 1
    fi
fi
