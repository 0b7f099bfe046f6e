"""The list of entries: at the focused span, anybody of the registry by a few letters, or a new one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListView, QWidget

from annotator.domain.entryoffers import Mention, Offer
from annotator.i18n import _, later, n_
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.paintedrow import PaintedRow, chosen_row
from annotator.ui.picking import NOWHERE, ROW, Index, PickList
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import plain_tip

_WIDTH = 420
_OFFER = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_KINDS = {"person": later("person"), "organisation": later("organisation"), "outlet": later("outlet")}
_MAKE = {
    "person": later("Make “{name}” a person"),
    "organisation": later("Make “{name}” an organisation"),
    "outlet": later("Make “{name}” an outlet"),
}


def kind_name(kind: str) -> str:
    """Return what a kind of entry is called."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def said(offer: Offer) -> str:
    """Return what a row says."""
    if offer.entry is not None:
        return offer.name
    if offer.away:
        return _("Take the link to “{name}” away").format(name=offer.name)
    return _(_MAKE.get(offer.kind, _MAKE["person"])).format(name=offer.name)


class Offers(QAbstractListModel):
    """Rows of offers, with how often each entry is linked."""

    def __init__(self, count: Callable[[Offer], int]) -> None:
        super().__init__()
        self._count = count
        self.offers: list[Offer] = []

    def show_offers(self, offers: list[Offer]) -> None:
        """Hold these."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def count_anew(self) -> None:
        """Let the counts be read again."""
        if self.offers:
            self.dataChanged.emit(self.index(0), self.index(len(self.offers) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self.offers[index.row()]
        if role == _OFFER:
            return offer
        if role == _COUNT:
            return self._count(offer)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (said(offer), beside(offer, self._count(offer)))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(said(offer))
        return said(offer) if role == Qt.ItemDataRole.DisplayRole else None


def beside(offer: Offer, count: int) -> str:
    """Return what stands beside the name: what it is, how often it is linked."""
    if offer.entry is None:
        return ""
    times = n_("{count:,} link", "{count:,} links", count).format(count=count) if count else ""
    return " · ".join(filter(None, (kind_name(offer.kind), times, _("as before") if offer.known else "")))


class OfferRow(PaintedRow):
    """Paints a row: the name, what stands beside it in a lighter tone; a plus before what is new, where it may be."""

    def __init__(self, look: Look, view: QListView, *, signs: bool = True) -> None:
        super().__init__(look, view, ROW)
        self._room = 24 if signs else 0

    def row(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        """Paint the row."""
        offer = index.data(_OFFER)
        if not isinstance(offer, Offer):
            return
        theme, look = self._look.theme, self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            chosen_row(painter, box, look)
        left, right = box.left() + 16, box.right() - 16
        if offer.entry is None:
            icon("close" if offer.away else "plus", theme.text2).paint(painter, left, box.center().y() - 7, 16, 16)
        left += self._room
        words = beside(offer, int(index.data(_COUNT)))
        if words:
            painter.setFont(look.sans(12))
            painter.setPen(QColor(theme.text2))
            metrics = painter.fontMetrics()
            wide = min(metrics.horizontalAdvance(words) + 1, (right - left) * 3 // 5)
            place = QRect(right - wide, box.top(), wide, box.height())
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
            right -= wide + 12
        painter.setFont(look.sans(13, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium))
        painter.setPen(QColor(theme.text))
        room = QRect(left, box.top(), right - left, box.height())
        name = painter.fontMetrics().elidedText(said(offer), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)


class EntryPicker(PickList):
    """Anybody of the registry, `chosen(offer)`; `offers` and `count` say what there is."""

    grows = True
    chosen = Signal(object)

    def __init__(
        self,
        view: ArticleView,
        look: Look,
        page: QWidget,
        offers: Callable[[str, Mention], list[Offer]],
        count: Callable[[Offer], int],
    ) -> None:
        self.model = Offers(count)
        super().__init__(view, look, page, self.model, _WIDTH)
        self._offers, self._mention = offers, Mention()
        self.name_rows(OfferRow(look, self.list), _("Registry"), _("Type a name"))

    def open_at(self, mention: Mention, place: tuple[int, int], what: str) -> None:
        """Offer entries for a mention at a place (code points)."""
        self._mention = mention
        self.offer_at(place, what)

    def show_fitting(self, typed: str) -> None:
        """Let the list hold what fits."""
        self.model.show_offers(self._offers(typed, self._mention))

    def take(self, row: int, another: bool) -> None:
        """Choose the offer of a row."""
        self.chosen.emit(self.model.offers[row])
