"""The written form of everything editors write: one model a kind of file, and how it is read.

These are the documents as they stand in the YAML, typed and checked one by one. What they mean together (signals,
operators, assets, whether a placeholder has a field) is the compiler's business, and what runs is another type.
"""
