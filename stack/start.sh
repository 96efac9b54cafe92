# Finds a Python that is new enough and hands over to stack/bootstrap.py: `sh stack/start.sh run|test [arguments]`.
for python in ${CSE_PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -m stack.bootstrap "$@"
    fi
done
if [ -n "$CSE_PYTHON" ]; then
    echo "CSE_PYTHON=$CSE_PYTHON is not Python 3.11 or newer. Name one that is, or leave CSE_PYTHON unset." >&2
else
    echo "Python 3.11 or newer is needed. Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python" >&2
fi
exit 1
