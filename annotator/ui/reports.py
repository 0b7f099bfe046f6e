"""What an import or export came to, in one sentence for a notice."""

from __future__ import annotations

from pathlib import Path

from annotator.i18n import _, n_


def articles(number: int) -> str:
    """Return "1 article", "1,234 articles"."""
    return n_("{count:,} article", "{count:,} articles", number).format(count=number)


def spans(number: int) -> str:
    """Return "1 span", "1,234 spans"."""
    return n_("{count:,} span", "{count:,} spans", number).format(count=number)


def kind_word(kind: str, part: str = "") -> str:
    """Return what an outcome of an import is called, or that of a part of a line."""
    if kind == "refused" and part:
        words = {"span": _("span refused"), "relation": _("link refused"), "group": _("group refused"),
                 "layer": _("layer refused")}  # fmt: skip
        return words.get(part, part)
    words = {"added": _("comes in"), "known": _("deleted here") if part else _("known already"),
             "different": _("different here"), "refused": _("refused")}  # fmt: skip
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
        "parts": n_("{count:,} span or link refused", "{count:,} spans or links refused", number),
    }
    return sentences[kind].format(count=number)


def import_words(added: int, known: int, different: int, refused: int, reasons: list[str]) -> str:
    """Say what an import brought: numbers of outcomes, and the first reasons for refusals."""
    parts = [_("Nothing new")]
    if added:
        parts = [n_("{count:,} article imported", "{count:,} articles imported", added).format(count=added)]
    if known:
        parts.append(outcome_words("known", known))
    if different:
        stayed = n_("{count:,} different here: yours stayed", "{count:,} different here: yours stayed", different)
        parts.append(stayed.format(count=different))
    words = ", ".join(parts) + "."
    if refused:
        words += " " + _("Refused: {reason}").format(reason=reasons[0] if reasons else "")
    if refused > 1:
        words += " " + n_("And {count:,} more.", "And {count:,} more.", refused - 1).format(count=refused - 1)
    return words


def shortened(path: Path, most: int = 56) -> str:
    """Return a path in so many characters; what is left out stands in the middle, before its last folder if it can."""
    whole = str(path)
    if len(whole) <= most:
        return whole
    last = len(path.name) + len(path.parent.name) + 2
    tail = last if last < most - 8 else most // 2
    return f"{whole[: most - tail - 1]}…{whole[-tail:]}"


def export_words(path: Path, written: int, held: int) -> str:
    """Say what was written where: how many articles, with how many spans."""
    return _("{articles} with {spans} written to {name}; every text was compared.").format(
        articles=articles(written), spans=spans(held), name=shortened(path)
    )


def size(bytes: int) -> str:
    """Return a file's size: "812 bytes", "4.3 kB", "12.6 MB" (of 1000, as file managers count)."""
    if bytes < 1_000:
        return n_("{count} byte", "{count} bytes", bytes).format(count=bytes)
    if bytes < 1_000_000:
        return _("{size:,.1f} kB").format(size=bytes / 1_000)
    return _("{size:,.1f} MB").format(size=bytes / 1_000_000)
