"""What is remembered about a recipient, as frozen values and pure functions of them.

Not where it is kept: `stores` keeps it, and applies these functions in whichever backend was chosen, so that both of
them mean the same. Nothing here knows a clock; instants are seconds since the epoch and are handed in.
"""
