"""Every code a problem can carry, with its sentence.

One table, no logic: the documentation prints it, a test sees that each code has a fixture under
`tests/authoring/mistakes/` and that no other code is used anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # the file
        "not-utf8": "The file is not saved as UTF-8, so its umlauts and quotes cannot be trusted.",
        "too-large": "The file is larger than is read: a megabyte of YAML, four of a table, or 10,000 rows.",
        "empty-file": "The file says nothing: it is empty or holds comments only.",
        "control-character": "An invisible control character stands in the text, usually pasted by accident.",
        "odd-space": "A no-break or other odd space stands where YAML wants an ordinary one.",
        "unreadable": "The machine would not let the file be read.",
        "wrong-place": "A YAML file lies where nothing is read from.",
        "missing-file": "A file that is needed is not there.",
        # YAML itself
        "not-yaml": "The line cannot be read as YAML at all.",
        "indentation": "A line is indented in a way that fits none of the lines around it.",
        "tab": "Lines are indented with tabs; YAML wants blanks.",
        "colon-blank": "A colon stands without the blank that makes it `key: value`.",
        "colon-missing": "A line has no colon where a `key: value` is expected.",
        "quote-it": "YAML reads a character of the text as its own punctuation; quotes keep it text.",
        "unclosed-quote": "A quote is opened and never closed, or closed where a cell goes on.",
        "unclosed-bracket": "A bracket or brace is opened and never closed.",
        "backslash": "A backslash in double quotes starts an escape that does not exist.",
        "comment": "A # may have swallowed the rest of a text as a comment (a warning).",
        "duplicate-key": "The same key stands twice in one mapping; only one of them could count.",
        "key-not-text": "A key is a list, a mapping or nothing at all; keys are words.",
        "anchor": "A YAML anchor (&name) is used; onopen has names of its own instead.",
        "alias": "A YAML alias (*name) is used; onopen has names of its own instead.",
        "merge-key": "A YAML merge key (<<) is used; onopen has names of its own instead.",
        "tag": "A YAML tag (!word) is used; the kind of a value follows from its place.",
        "several-documents": "A second document begins with ---; a file holds one.",
        "too-deep": "Brackets or lines are nested deeper than anything onopen reads.",
        # shape
        "unknown-key": "The key does not exist at this place.",
        "missing-key": "A key that must be there is missing.",
        "not-in-this-release": "The key, word or file is part of the language but not of this release.",
        "not-a-mapping": "A mapping (`key: value` lines) is expected here.",
        "not-a-list": "A list is expected here.",
        "not-a-text": "A single text is expected here, not a list or a mapping.",
        "empty-value": "Nothing stands after the colon, or in a cell that must be filled.",
        "wrong-count": "The list has too few or too many entries, the row too few or too many cells.",
        # single values
        "unknown-choice": "The value is none of those that can stand here.",
        "not-a-number": "A number is expected here.",
        "out-of-range": "The number is smaller or larger than makes sense here.",
        "not-a-boolean": "Only true and false are read as yes and no.",
        "not-a-percentage": "A percentage such as 10% is expected here.",
        "not-a-moment": "The date or time is not written as 2026-11-27 or 2026-11-27 18:00, or does not exist.",
        "not-a-clock": "A time of day such as 18:00 is expected here.",
        "not-a-color": "A colour such as #c8102e is expected here.",
        "not-a-language": "A language code such as de, en or pt-BR is expected here.",
        "not-a-country": "A country is written with the two letters of ISO 3166-1, such as DE.",
        "not-a-duration": "A length of time such as 45m, 24h or 30d is expected here.",
        "not-a-zone": "The time zone is not in the time-zone database.",
        "not-a-pattern": "The pattern is not a regular expression that can be used.",
        "bad-name": "The name has characters that names cannot have.",
        "reserved-name": "The name already means something else at this place.",
        "duplicate-name": "Two things of one kind have the same name.",
        "not-a-link": "The link is not an address that a click can be sent to.",
        "link-scheme": "A link starts with https:// or http://, and with nothing else.",
        "link-template": "A template stands in the scheme or host of a link.",
        "not-a-host": "A host is expected, without scheme, port or path.",
        # keys that must agree
        "option-mismatch": "The key does not go with the kind chosen beside it.",
        "bad-layer": "The keys of a layer do not fit together, or one has an impossible value.",
        "part-row": "The rows of a part do not add up to one decision.",
        "wrong-order": "Two moments stand in the wrong order.",
        "missing-alt": "The picture has no text for those who do not see it (a warning).",
        # names that point at something
        "unknown-placeholder": "The campaign fills a placeholder that does not exist.",
        "unknown-field": "No placeholder of the campaign has the field, or no item of the feed.",
        "unknown-signal": "There is no signal of that name, or the site does not declare it.",
        "unknown-feed": "There is no feed of that name.",
        "missing-column": "The table has no column of that name.",
        "unknown-condition": "There is no condition of that name.",
        "unknown-place": "The city is in no table, so no distance to it is known.",
        "several-campaigns": "Several campaigns fill one placeholder, so its URL must say which (a warning).",
        "cycle": "Conditions or parts are made of each other, without an end.",
        # conditions
        "condition-shape": "The condition is not put together as conditions are.",
        "condition-size": "The condition has more clauses than can be judged in time.",
        "unknown-operator": "There is no operator of that name.",
        "operator-mismatch": "The operator cannot be asked of this kind of signal.",
        "list-of-values": "A list stands where one value is compared; one_of takes several.",
        "range-shape": "A range does not have just a from and a to.",
        "range-turned": "Nothing lies in the range.",
        # texts, links, pictures
        "text-syntax": "The template cannot be read as Liquid.",
        "text-tag": "The template has a tag that texts do not have.",
        "text-filter": "The filter does not exist, or does not fit what stands before it.",
        "text-comparison": "The template compares what can never be equal.",
        "text-name": "The template reads something that there is not.",
        "text-style": "A tag in the text names no style of a layer that shows it, is not closed, or closes nothing.",
        "text-limit": "The template is longer or deeper than texts may be.",
        "too-long": "The text has more characters than its field takes.",
        "unused-language": "The text is written in a language that the site does not have (a warning).",
        "missing-language": "The text is not written in a language that others beside it are (a warning).",
        "gives-way": "Where the text reads an unknown, its field's default is shown, or nothing (a warning).",
        "frozen-alt": "A template stands in the alt of a placeholder, which is frozen in the sent mail.",
        "link-host": "The link goes to a host that the site does not name.",
        "asset": "The picture is not there, or cannot be painted.",
        "overflow": "The text would be cut in its box (a warning).",
        "heavy-picture": "The picture weighs more than a phone should load (a warning).",
        "no-such-code": "The text cannot be the code that is drawn of it, or not in its box.",
        "missing-glyph": "No font has a letter of the text (a warning).",
        # rules and examples
        "contradictory": "The rule or row can never fire, because its conditions exclude each other.",
        "shadowed": "The rule or row never fires, because others above it always do (a warning).",
        "never-filled": "The rule never fills a required field, so it is never shown.",
        "no-unknown": "Nothing says what is shown where a rule is in doubt (a warning).",
        "uncovered": "No example comes to the outcome (a warning).",
        "example-fails": "The example does not come to what it expects.",
        "example-instant": "The example names no instant, and the rules depend on it.",
    }
)
