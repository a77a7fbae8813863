"""Peers: others who draw the same pictures, fetched from the registries of their languages into a folder of their own.

Every peer draws in a process of its own language and tells the CPU time it took, all threads together; ours does the
same here, in turn with them. Peers get their inputs decoded, or in memory, where they can take them so.
"""
