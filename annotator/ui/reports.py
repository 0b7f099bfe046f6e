"""What an import or export came to, in one sentence for a notice."""

from __future__ import annotations

from pathlib import Path


def count(number: int, what: str) -> str:
    """Return "1 article", "1,234 articles"."""
    return f"{number:,} {what if number == 1 else what + 's'}"


def import_words(added: int, known: int, different: int, refused: int, reasons: list[str]) -> str:
    """Say what an import brought: numbers of outcomes, and the first reasons for refusals."""
    parts = [f"{count(added, 'article')} imported" if added else "Nothing new"]
    if known:
        parts.append(f"{known:,} known already")
    if different:
        parts.append(f"{different:,} different here: yours stayed")
    words = ", ".join(parts) + "."
    if refused:
        more = f" And {refused - 1:,} more." if refused > 1 else ""
        words += f" Refused: {reasons[0] if reasons else ''}{more}"
    return words


def export_words(path: Path, articles: int, spans: int) -> str:
    """Say what was written where."""
    return f"{count(articles, 'article')} with {count(spans, 'span')} written to {path.name}; every text was compared."
