"""Heights of many paragraphs: where one begins, and which one lies at a height (a Fenwick tree)."""

from __future__ import annotations

from collections.abc import Iterable


class Heights:
    """Heights by index, in any one unit; every method is O(log n) but the constructor, which is O(n)."""

    __slots__ = ("_heights", "_top", "_tree", "total")

    def __init__(self, heights: Iterable[float]) -> None:
        self._heights = list(heights)
        count = len(self._heights)
        tree = [0.0, *self._heights]
        for index in range(1, count + 1):
            above = index + (index & -index)
            if above <= count:
                tree[above] += tree[index]
        self._tree = tree
        self._top = 1 << (count.bit_length() - 1) if count else 0
        self.total = sum(self._heights)
        """Sum of all heights."""

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    def set(self, index: int, height: float) -> float:
        """Set the height of one paragraph and return by how much it grew."""
        grown = height - self._heights[index]
        if grown:
            self._heights[index] = height
            self.total += grown
            node = index + 1
            while node < len(self._tree):
                self._tree[node] += grown
                node += node & -node
        return grown

    def above(self, index: int) -> float:
        """Return the sum of the heights before `index` (0 to the number of paragraphs)."""
        result = 0.0
        while index:
            result += self._tree[index]
            index &= index - 1
        return result

    def at(self, y: float) -> tuple[int, float]:
        """Return the index of the paragraph at height `y`, and where it begins; above all the first, below the last.

        Raises IndexError when there is none.
        """
        if not self._heights:
            raise IndexError("no paragraphs")
        index, top, bit = 0, 0.0, self._top
        while bit:
            reach = index + bit
            if reach < len(self._tree) and top + self._tree[reach] <= y:
                index = reach
                top += self._tree[reach]
            bit >>= 1
        last = len(self._heights) - 1
        return (index, top) if index <= last else (last, self.above(last))
