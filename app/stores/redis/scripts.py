"""What runs inside Redis, because it must not be interrupted: compare and write, and let go of what is too old.

A recipient has two keys with one hash tag: a hash of entries, and a sorted set of the instants at which they end. Redis
removes both by itself when the last of them has ended; what ends earlier is removed by who forgets, and, if no kind is
kept as long as that, with the next write.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from app.stores.erasures import MARKED_S
from app.stores.redis.slots import beside

_KEEP: Final = """
for i = 1, 2 do
    if seconds == math.huge then
        redis.call('PERSIST', KEYS[i])
    else
        redis.call('EXPIRE', KEYS[i], math.ceil(seconds))
    end
end
"""

_PRUNE: Final = f"""
repeat
    local old = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, 1000)
    if #old > 0 then
        redis.call('HDEL', KEYS[1], unpack(old))
        redis.call('ZREM', KEYS[2], unpack(old))
    end
until #old == 0
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2] or ARGV[1]
local seconds = last == 'inf' and math.huge or last - ARGV[1]
{_KEEP}
"""

WRITTEN: Final = 1

SWAP: Final = f"""
for i = 3, #KEYS do
    if (redis.call('GET', KEYS[i]) or '') ~= ARGV[i] then return redis.call('MGET', unpack(KEYS, 3)) end
end
local written = #KEYS + 1 + 2 * ARGV[2]
for i = #KEYS + 1, written - 1, 2 do
    local value = redis.call('HGET', KEYS[1], ARGV[i])
    if (value and redis.sha1hex(value) or '') ~= ARGV[i + 1] then return 0 end
end
for i = written, #ARGV, 3 do
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    redis.call('ZADD', KEYS[2], ARGV[i + 2], ARGV[i])
end
{_PRUNE}
return {WRITTEN}
"""
"""Takes now, for the kind for which it is earliest, the number of entries that were read, the marks of erasures that
are known, each entry that was read with the SHA-1 of its value, and the entries to write as name, value, end; '' stands
for none. Answers 0 where an entry is not as it was read, the marks where others are there by now, and has written
nothing then."""

FORGET: Final = f"""
local forgotten, seconds, ends = 0, 0, {{}}
for kind = 1, (#ARGV - 1) / 2 do ends[kind] = '' end
local all = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
for i = 1, #all, 2 do
    local now, mine = ARGV[1], nil
    for kind = 1, #ends do
        local beginning = ARGV[2 * kind]
        if string.sub(all[i], 1, #beginning) == beginning then now, mine = ARGV[2 * kind + 1], kind end
    end
    local left = all[i + 1] == 'inf' and math.huge or all[i + 1] - now
    if left <= 0 then
        redis.call('HDEL', KEYS[1], all[i])
        redis.call('ZREM', KEYS[2], all[i])
        forgotten = forgotten + 1
    elseif mine and ends[mine] == '' and left < math.huge then
        ends[mine] = all[i + 1]
    end
    seconds = math.max(seconds, left)
end
{_KEEP}
return {{forgotten, ends}}
"""
"""Takes now, and of each kind how its names begin, and now for it; answers how many entries were too old, and the first
end of each kind that is left, '' for none or never."""

MARK: Final = """
for _, key in ipairs(KEYS) do
    redis.call('UNLINK', key)
    redis.call('SET', key, ARGV[1], 'EX', ARGV[2])
end
"""
"""Takes what the marks shall say, and for how many seconds. What takes away first is let in where Redis is full."""

ERASE: Final = """
local all = redis.call('HGETALL', KEYS[1])
redis.call('UNLINK', KEYS[1], KEYS[2])
for i = 3, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'EX', ARGV[2]) end
return all
"""
"""Takes the same; answers the entries that there were."""

CLAIM_ID: Final = """
local held = redis.call('GET', KEYS[1]) or ''
if held == ARGV[2] then return 1 end
if held ~= ARGV[1] then return 0 end
if ARGV[2] == '' then
    redis.call('UNLINK', KEYS[1])
else
    redis.call('SET', KEYS[1], ARGV[2], 'EXAT', ARGV[3])
end
return 1
"""
"""Takes what the key of an id held when it was looked at, what it shall hold, and when that ends; '' stands for
nothing. Answers 0 where it holds something else by now."""

KEPT_OUT: Final = -1

CLAIM: Final = f"""
local function number(raw) return raw and tonumber(string.sub(raw, 9)) end
for i = 8, #ARGV do
    local mine = redis.call('HGET', KEYS[1], ARGV[i])
    local ends = mine and redis.call('ZSCORE', KEYS[2], ARGV[i])
    if mine and tonumber(ends) > tonumber(ARGV[7]) then return number(mine) end
end
local taken = (number(redis.call('HGET', KEYS[1], ARGV[1])) or 0) + 1
if taken > tonumber(ARGV[2]) then return 0 end
for i = 3, #KEYS do
    local mark = redis.call('GET', KEYS[i])
    if mark and tonumber(mark) >= tonumber(ARGV[6]) then return {KEPT_OUT} end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3] .. taken, ARGV[8], ARGV[5] .. taken)
redis.call('ZADD', KEYS[2], 'inf', ARGV[1], ARGV[4], ARGV[8])
return taken
"""
"""Takes the entry that counts, how many places there are and how its value begins, the end of a place and how its value
begins, now, now for a place, and the entries that a place of this recipient would be. Answers its number, 0 where there
is none, less where an erasure keeps them out. A value begins with the eight bytes of its end; what counts has no end,
and so the keys never end either."""

ENTRIES: Final = "{onopen:%s}:entries"
ENDS: Final = "{onopen:%s}:ends"
EVERYBODY: Final = ENDS % "*"
"""The pattern of all recipients."""


def marking(script: str, keys: Sequence[str], said: bytes) -> tuple[Any, ...]:
    """The command that has a script leave marks."""
    return "EVAL", script, len(keys), *keys, said, round(MARKED_S)


def keys(recipient: str, marks: Sequence[str] = ()) -> tuple[str, ...]:
    """The two keys of a recipient, and those of marks of their erasure, which one script reaches together.

    The id is quoted, since a brace in it would end the hash tag, which must not be empty.
    """
    tag = quote(recipient, safe="")
    entries = ENTRIES % tag
    return entries, ENDS % tag, *(beside(entries, f"erased:{mark}") for mark in marks)
