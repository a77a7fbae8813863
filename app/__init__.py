"""onopen decides email content at the moment the email is opened.

The layout is the architecture: `engine` is pure and knows nobody, everything else points inwards to it, and the
composition root (`world`, `wiring`, `editions`, `fronts`) alone names concrete classes. `docs/architecture.md` walks
through one request.
"""

__version__ = "0.1.0"
