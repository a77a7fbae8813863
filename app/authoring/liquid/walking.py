"""Walking through a parsed template: scopes, what an `if` assures, and our expressions in the place of the parser's.

It goes in the order of the text, since a name can be used only behind the `assign` that makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from liquid import Node
from liquid.ast import BlockNode
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import BooleanExpression, Identifier, Nil
from liquid.builtin.expressions.logical import LogicalAndExpression, LogicalOrExpression
from liquid.builtin.expressions.primitive import Blank, TrueLiteral
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.for_tag import BreakNode, ContinueNode, ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression

from app.authoring.liquid.chains import Understanding
from app.authoring.liquid.comparing import unequal
from app.authoring.liquid.expressions import AnyOf, Compared, Numbers, Read
from app.authoring.liquid.findings import Findings
from app.engine.signals import Kind

LOOP: Final = "forloop"
"""The name under which a loop tells where it is."""


class Walk:
    """One walk through one template, which it changes; what it finds goes to its findings.

    In a link, white space around tags is for whoever reads the YAML, and is taken out.
    """

    def __init__(self, findings: Findings, *, is_link: bool = False) -> None:
        self._findings = findings
        self._understanding = Understanding(findings)
        self._is_link = is_link
        self._loops = 0

    def through(self, nodes: Iterable[Node]) -> None:
        """Every node, in the order of the text."""
        for node in nodes:
            self._node(node)

    def _node(self, node: Node) -> None:
        match node:
            case ContentNode():
                self._content(node)
            case OutputNode():
                node.expression, kind = self._understanding.printed(node.expression)
                self._findings.says(kind)
            case IfNode() | UnlessNode():
                self._branches(node)
            case CaseNode():
                self._case(node)
            case ForNode():
                self._loop(node)
            case AssignNode():
                node.expression, kind = self._understanding.printed(node.expression)
                self._assign(node.name, kind)
            case BreakNode() | ContinueNode() if not self._loops:
                self._findings.wrong("text-syntax", "there is no loop around this", at=node.token)
            case BlockNode():
                self.through(node.nodes)
            case _:
                pass  # comments

    def _content(self, node: ContentNode) -> None:
        start = node.token.start_index
        is_raw = self._findings.text.startswith("{%", start)
        for stray in ("}}", "%}"):
            if stray in node.text and not is_raw:
                at = start + max(0, self._findings.text[start:].find(stray))
                opening = "{{" if stray == "}}" else "{%"
                self._findings.wrong(
                    "text-syntax", f"“{stray}” closes nothing", f"open it with {opening}", at=at, width=2
                )
        if self._is_link:
            node.text = node.text.strip()
            if len(node.text.split()) > 1:
                self._findings.wrong("not-a-link", "a link has no blanks", "write %20", at=start, width=len(node.text))

    def _branches(self, node: IfNode | UnlessNode) -> None:
        understanding, is_if = self._understanding, isinstance(node, IfNode)
        node.condition = understanding.condition(node.condition)
        with understanding.assuring(_assured(node.condition, holds=is_if)):
            self._node(node.consequence)
        passed = _assured(node.condition, holds=not is_if)
        for alternative in node.alternatives:
            alternative.expression = understanding.condition(alternative.expression)
            with understanding.assuring(passed | _assured(alternative.expression)):
                self._node(alternative.block)
            passed |= _assured(alternative.expression, holds=False)
        if node.default:
            with understanding.assuring(passed):
                self._node(node.default)

    def _case(self, node: CaseNode) -> None:
        for block in node.blocks:
            if not isinstance(block, MultiExpressionBlockNode):
                self._node(block)
                continue
            asked = block.expression
            sides: list[Expression] = [
                self._understanding.compared(node.expression, one, asked, sign="eq") for one in asked.expressions
            ]
            asked.left = TrueLiteral(asked.token)
            asked.expressions = [AnyOf(asked.token, sides)]
            with self._understanding.assuring(frozenset.intersection(*map(_assured, sides))):
                self._node(block.block)

    def _loop(self, node: ForNode) -> None:
        loop = node.expression
        loop.iterable, kind = self._understanding.value(loop.iterable)
        if loop.limit is not None:
            loop.limit = self._understanding.value(loop.limit)[0]
        if loop.offset is not None:
            loop.offset = self._understanding.value(loop.offset)[0]
        self._free(loop.identifier, at=loop.token.start_index)
        own = self._understanding.own
        before = dict(own)
        own.update({loop.identifier: None if isinstance(loop.iterable, Numbers) else kind, LOOP: None})
        self._loops += 1
        with self._understanding.assuring(frozenset({loop.iterable.name} if isinstance(loop.iterable, Read) else ())):
            self._node(node.block)
        self._loops -= 1
        for name in (loop.identifier, LOOP):
            if name in before:
                own[name] = before[name]
            else:
                own.pop(name, None)
        if node.default:
            self._node(node.default)

    def _assign(self, name: Identifier, kind: Kind | None) -> None:
        self._free(name, at=name.token.start_index)
        before = self._understanding.own.get(name)
        self._understanding.own[str(name)] = before if kind is None else kind

    def _free(self, name: str, *, at: int) -> None:
        """Whether the text may use this name for something of its own."""
        self._findings.has_own_names = True
        if name in self._findings.names.roots or name == LOOP:
            message, remedy = f"“{name}” already means something", "choose a name of your own"
            self._findings.wrong("reserved-name", message, remedy, at=at, width=len(name))


def _assured(condition: Expression, *, holds: bool = True) -> frozenset[str]:
    """The signals that are known wherever the condition holds, or does not: the unknown makes it false."""
    if isinstance(condition, BooleanExpression):
        return _assured(condition.expression, holds=holds)
    if isinstance(condition, LogicalAndExpression | LogicalOrExpression):
        both = _assured(condition.left, holds=holds), _assured(condition.right, holds=holds)
        joined = isinstance(condition, LogicalAndExpression) == holds
        return both[0] | both[1] if joined else both[0] & both[1]
    if isinstance(condition, Read):
        return frozenset({condition.name}) if holds else frozenset()
    if isinstance(condition, Compared):
        sides = (condition.left, condition.right)
        asks = any(isinstance(side, Nil | Blank) for side in sides)
        if holds == (not asks or condition.compare is unequal) and (holds or asks):
            return frozenset(side.name for side in sides if isinstance(side, Read))
    return frozenset()
