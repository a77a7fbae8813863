"""The reduced Liquid: which tags there are, how strict they are, how far a text may go.

One dialect prints for people and gives way at the unknown, one prints into links, where every value is percent-encoded
and the unknown is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TextIO
from urllib.parse import quote

from liquid import Environment, Mode, RenderContext, TokenStream
from liquid.ast import Node
from liquid.builtin import content, illegal, output
from liquid.builtin.tags import assign_tag, case_tag, comment_tag, for_tag, if_tag, inline_comment_tag, unless_tag
from liquid.exceptions import LiquidSyntaxError
from liquid.expression import Expression
from liquid.token import TOKEN_COMMA, TOKEN_OR

from app.authoring.liquid.expressions import TURNS, voice_of
from app.authoring.liquid.values import LONGEST, GivesWay, Unknown

TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "if": "Says what stands in it where the condition holds; `elsif` and `else` follow. The unknown is false.",
        "unless": "Says what stands in it where the condition does not hold.",
        "case": "Says the first `when` that equals the value, else what stands behind `else`.",
        "for": "Says what stands in it once for every item of a list or a range such as (1..3).",
        "assign": "Gives a value a name of its own.",
        "comment": "Says nothing; a note for colleagues.",
        "raw": "Says braces as they are.",
    }
)
"""Every tag that opens something, with its sentence."""

LARGEST_TEXT: Final = 4_000
"""Characters that a text may be written with; the parser's patterns are quadratic in what is never closed."""

DEEPEST: Final = 10
"""How many blocks may stand in each other."""


class _If(if_tag.IfTag):
    mode = Mode.STRICT  # an `else` after an `else` would be swallowed


class _Unless(unless_tag.UnlessTag):
    mode = Mode.STRICT


class _Case(case_tag.CaseTag):
    def parse(self, stream: TokenStream) -> Node:
        """A case, without words before its first `when`, which would be swallowed."""
        between = stream.tokens[stream.pos + 2 : stream.pos + 3]
        if between and not between[0].kind == "tag" and between[0].value.strip():
            raise LiquidSyntaxError("words before when", token=between[0])
        if between and between[0].is_tag("endcase"):
            raise LiquidSyntaxError("case without when", token=stream.current)
        return super().parse(stream)

    def _parse_when_expression(self, stream: TokenStream) -> list[Expression]:
        found = super()._parse_when_expression(stream)
        if stream.current.kind in (TOKEN_COMMA, TOKEN_OR) or stream.tokens[stream.pos :]:
            raise LiquidSyntaxError("words behind when", token=stream.current)
        return found


class _Spoken(output.OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """The value in the voice of this saying."""
        return buffer.write(voice_of(context).say(self.expression.evaluate(context)))


class _Encoded(output.OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """The value percent-encoded, whatever signs it has; nothing where there is none."""
        try:
            value = self.expression.evaluate(context)
            said = "" if isinstance(value, Unknown) else voice_of(context).say(value)
            return buffer.write(quote(said, safe=""))
        except (GivesWay, ValueError, ArithmeticError, OSError):
            return 0


class _Speaking(output.Output):
    node_class = _Spoken


class _Encoding(output.Output):
    node_class = _Encoded


class Dialect(Environment):
    """An environment of `python-liquid` with our tags and limits, and no filters: chains hold their own."""

    block_nesting_limit = DEEPEST
    context_depth_limit = DEEPEST
    loop_iteration_limit = TURNS
    local_namespace_limit = 16 * LONGEST
    output_stream_limit = 4 * LONGEST

    def __init__(self, printing: type[output.Output]) -> None:
        self._printing = printing
        super().__init__(undefined=Unknown)

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002 - the parent's signature
        """The tags of `TAGS`, and those that `python-liquid` needs to read a text at all."""
        for tag in (
            content.Literal,
            illegal.Illegal,
            self._printing,
            _If,
            _Unless,
            _Case,
            for_tag.ForTag,
            for_tag.BreakTag,
            for_tag.ContinueTag,
            assign_tag.AssignTag,
            comment_tag.CommentTag,
            inline_comment_tag.InlineCommentTag,
        ):
            self.add_tag(tag)


SPOKEN: Final = Dialect(_Speaking)
"""For texts and figures."""

LINKED: Final = Dialect(_Encoding)
"""For links."""
