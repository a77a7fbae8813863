"""A process of its own that draws one SVG from its input as PNG to its output; see `vectors.py` for who starts it.

It is run as a file, with the folder in which `resvg_py` lies, and imports nothing of ours: so it is there in 20 ms.
"""

from __future__ import annotations

import contextlib
import sys

CPU_SECONDS = 2
MEMORY = 1 << 30


def limit() -> None:
    """Let the system end this process when it takes too much; where limits cannot be set, who started it waits less."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Draw."""
    sys.path.insert(0, sys.argv[1])
    from resvg_py import svg_to_bytes

    limit()
    document = sys.stdin.buffer.read().decode()
    try:
        png = svg_to_bytes(svg_string=document, skip_system_fonts=True)
    except ValueError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
