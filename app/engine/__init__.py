"""The pure core: readings in, one Decision out.

Synchronous, total and free of clock, chance, network and files. It imports the standard library only; the import
contracts in `pyproject.toml` keep it so.
"""
