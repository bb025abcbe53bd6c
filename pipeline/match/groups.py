"""Groups over pairs: who is connected, named by the smallest member."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Connected components over whole numbers; the smallest number names its group, whatever the order of the pairs."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def join(self, left: int, right: int) -> None:
        """Say that two members belong together."""
        one, other = self.of(left), self.of(right)
        if one != other:
            self._parent[max(one, other)] = min(one, other)

    def of(self, member: int) -> int:
        """Return the name of a member's group; a member never seen is a group of its own."""
        root = member
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(member, member)) != root:
            self._parent[member] = root
            member = above
        return root

    @classmethod
    def over(cls, pairs: Iterable[tuple[int, int]]) -> Groups:
        """Build groups from pairs."""
        groups = cls()
        for left, right in pairs:
            groups.join(left, right)
        return groups
