"""Where recipients are remembered: one meaning, in two backends.

`recipients` says what a change does, as pure functions. A backend keeps named entries under a recipient's id, and
applies changes to them so that each is applied once and as a whole. Nobody outside sees entries: they see `Store`.
"""
