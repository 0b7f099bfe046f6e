"""What an import or export came to, in one sentence for a notice."""

from __future__ import annotations

from pathlib import Path

from annotator.i18n import _, n_


def count(number: int, what: str) -> str:
    """Return "1 article", "1,234 articles"."""
    return f"{number:,} {what if number == 1 else what + 's'}"


def kind_word(kind: str) -> str:
    """Return what an outcome of an import is called."""
    words = {"added": _("comes in"), "known": _("known already"), "different": _("different here"),
             "refused": _("refused")}  # fmt: skip
    return words.get(kind, kind)


def outcome_words(kind: str, number: int) -> str:
    """Say how many outcomes of a kind there are, "" for none."""
    if not number:
        return ""
    sentences = {
        "added": n_("{count:,} article comes in", "{count:,} articles come in", number),
        "known": n_("{count:,} known already", "{count:,} known already", number),
        "different": n_("{count:,} different here", "{count:,} different here", number),
        "refused": n_("{count:,} refused", "{count:,} refused", number),
    }
    return sentences[kind].format(count=number)


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
