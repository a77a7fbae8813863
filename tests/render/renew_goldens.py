"""Paints the golden pictures anew: `python -m tests.render.renew_goldens`. Look at them before you commit them.

The page whose path it prints shows each as it was and as it is.
"""

from __future__ import annotations

from tests.render.pictures import samples
from tests.render.proof import GOLDENS, golden, painted, show

COMMAND = "python -m tests.render.renew_goldens"


def main() -> None:
    """Write the page, then every golden picture."""
    drawn = painted()
    page = show(drawn)
    GOLDENS.mkdir(exist_ok=True)
    for title, sample in samples().items():
        golden(title, sample).write_bytes(drawn[title])
        print(f"{golden(title, sample).name}: {len(drawn[title]):,} bytes")
    print(page)


if __name__ == "__main__":
    main()
