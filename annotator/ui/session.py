"""What is going on: the open project, the shown article with its spans, and the one way to change them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.domain.article import Annotator, Article, Layer, VisibleLayers, own_layer
from annotator.domain.change import Change, Changed, Imported, Step
from annotator.domain.errors import NotSaved, UserError
from annotator.domain.links import Links
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.editing.opening import open_as_possible
from annotator.editing.spans import by_hand
from annotator.editing.titles import told
from annotator.editing.workspace import Workspace
from annotator.i18n import _
from annotator.storage.store import Store
from annotator.ui.spans.ordered import OrderedSpans
from annotator.whoami import Identity, acting

OWN_KINDS = frozenset({"annotator", "imported"})


class Session(QObject):
    """The open project for one person at one window.

    Every change goes through `do`, `undo` and `redo`; views hear `changed` (a Changed) and look again, the text hears
    `folded` (the changes of spans that it shows) and `linked` (other spans are tied together). A UserError becomes a
    notice (`told`: words, whether Undo belongs to them); the methods here then return None or False and nothing was
    changed. A step that the disk refused waits: `unsaved` tells why, and "" when nothing waits any more. `closing`
    comes while the project's lock still holds, `leaving` before another article is shown (what was typed is still of
    this one), `scheme_changed` when other labels are in force than before, `unsealed` when work of others that
    was sealed for me is to be seen, or no longer.
    """

    project_opened = Signal()
    closing = Signal()
    leaving = Signal()
    scheme_changed = Signal()
    unsealed = Signal()
    article_shown = Signal()
    changed = Signal(object)
    folded = Signal(object)
    linked = Signal()
    told = Signal(str, bool)
    unsaved = Signal(str)
    place_wanted = Signal(object, int, int)
    _arrived = Signal(object)

    def __init__(self, identity: Identity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.identity = identity
        self._acting = identity.annotator
        self.workspace: Workspace | None = None
        self.scheme = Scheme("", "", 1, ())
        self.article: Article | None = None
        self.text = ""
        self.last_label = ""
        """The label that was used last in this project, by its id."""
        self.layers: dict[str, Layer] = {}
        self.spans = OrderedSpans()
        self.links = Links()
        self.saved_at = ""
        self.altered = False
        """Whether the shown text is not what was brought in: nothing may be done to it then."""
        self.colleagues = False
        self.reviewing = False  # whether the page of differences lies over the text, and shows what is decided itself
        self._assigned = 0  # the round for which the shown article is assigned to me, 0 where it is not
        self._deaf: Callable[[], None] | None = None
        self._arrived.connect(self._take)

    # The project

    @property
    def me(self) -> Annotator:
        """Who works here: I, as I stand in the open project."""
        return self._acting

    @property
    def acting_identity(self) -> Identity:
        """The same with the computer I work on."""
        return self.identity._replace(annotator=self.me)

    def rename(self, identity: Identity) -> None:
        """Go on under another name; the project hears of it with the next step."""
        before = self.me.id
        self.identity = identity
        self._acting = identity.annotator if self.store is None else acting(identity, self.store.annotators())
        another = self.me.id != before
        if self.workspace is not None:
            self.workspace.me = self.me
            if another:
                self.workspace.store.seal(self.me.id)
                if self.article is not None:
                    self.show_article(self.article.id)

    def become(self, identity: Identity) -> None:
        """Be who was taken from another computer, once no project is open: the next one is opened as them."""
        self.close()
        self.identity = identity
        self._acting = identity.annotator

    @property
    def store(self) -> Store | None:
        """The open project's store, for reading."""
        return self.workspace.store if self.workspace else None

    @property
    def visible(self) -> VisibleLayers:
        """The layers on screen: mine and imported ones, colleagues' on request."""
        if self.colleagues:
            return VisibleLayers(OWN_KINDS | {"consensus"}, None)
        return VisibleLayers(OWN_KINDS, frozenset({self.me.id}))

    @property
    def editable(self) -> bool:
        """Whether the project is open for writing."""
        return self.store is not None and self.store.writable and not self.waiting and not self.altered

    @property
    def waiting(self) -> str:
        """What the step is called that the disk refused and that waits here, "" where all is saved."""
        pending = self.workspace.pending if self.workspace else None
        return told(pending.step.title) if pending is not None else ""

    @property
    def name(self) -> str:
        """What the project is called: its file's name without the ending."""
        return Path(self.store.path).stem if self.store else ""

    def has(self, path: Path) -> bool:
        """Whether this is the project that is open here, by whatever path."""
        return self.store is not None and path.resolve() == Path(self.store.path).resolve()

    def open(self, path: Path) -> bool:
        """Open a project, read-only where it cannot be written; False when it cannot be opened."""
        try:
            if self.has(path):
                raise UserError(_("This project is open already."))
            store, reason = open_as_possible(path)
        except UserError as error:
            self.told.emit(str(error), False)
            return False
        self.close()
        # Who has one id only need not look who stands in the project.
        self._acting = acting(self.identity, store.annotators()) if self.identity.also else self.identity.annotator
        self.workspace = Workspace(store, self.me, self.identity.device)
        # Jobs write in threads of their own: the signal brings what they did over to this one.
        self._deaf = self.workspace.listen(self._arrived.emit)
        store.seal(self.me.id)
        self.scheme = store.scheme()
        self.last_label = self.saved_at = ""
        self.project_opened.emit()
        if reason:
            self.told.emit(reason, False)
        return True

    def close(self) -> None:
        """Close the project, after whoever works in it by itself has heard of it; nothing needs to be saved."""
        if self.workspace is None:
            return
        self.closing.emit()
        if self._deaf is not None:
            self._deaf()
        self.workspace.store.close()
        self.workspace = None
        self._forget()

    def _forget(self) -> None:
        self.article, self.text, self.layers, self.spans, self.links = None, "", {}, OrderedSpans(), Links()
        self.altered, self._assigned = False, 0

    # The article

    def show_article(self, id: str) -> bool:
        """Show another article (or this one anew); False when there is none of this id."""
        if self.store is None:
            return False
        if self.article is not None:
            self.leaving.emit()
        try:
            article = self.store.article(id)
            if article is None:
                return False
            text = self.store.text(article.sha256)
            layers = {layer.id: layer for layer in self.store.layers(id, self.visible)}
            spans = OrderedSpans(self.store.spans(id, self.visible))
            assigned = self.store.assigned_round(id, self.me.id)
            links = Links(self.store.relations(id, self.visible), self.store.groups(id, self.visible))
        except UserError as error:
            self.told.emit(str(error), False)
            return False
        self.article, self.text, self.layers, self.spans, self.links = article, text, layers, spans, links
        self._assigned = assigned
        self.altered = fingerprint(text) != article.sha256
        self.article_shown.emit()
        if self.altered:
            self.told.emit(
                _(
                    "The text of this article was altered outside the program: its spans may stand at "
                    "other words. It can be read, not changed. Restore a backup, or let `annotator "
                    "repair` look at the project."
                ),
                False,
            )
        return True

    def clear_article(self) -> None:
        """Show none."""
        self._forget()
        self.article_shown.emit()

    def show_colleagues(self, shown: bool) -> None:
        """Show or hide the layers of colleagues."""
        self.colleagues = shown
        if self.article is not None:
            self.show_article(self.article.id)

    @property
    def layer(self) -> Layer | None:
        """My layer on the shown article, None before the first thing I do there."""
        if self.article is None:
            return None
        return self.layers.get(own_layer(self.article.id, self.me.id, self.round).id)

    def round_of(self, article: str) -> int:
        """Return the round in which I read an article (its id): the highest that is assigned to me, else 1."""
        if self.article is not None and self.article.id == article:
            return max(1, self._assigned)
        return max(1, self.store.assigned_round(article, self.me.id)) if self.store is not None else 1

    @property
    def round(self) -> int:
        """The round in which I read the shown article; 2 is a second reading."""
        return max(1, self._assigned)

    @property
    def given(self) -> bool:
        """Whether the shown article is assigned to me."""
        return self.article is not None and self._assigned > 0

    @property
    def state(self) -> str:
        """How far I am with the shown article: new, started or done."""
        return self.layer.state if self.layer else "new"

    def mine(self, span: Span) -> bool:
        """Whether I may change the span: it is my own or came with a file that names nobody."""
        return self.editable and span.annotator in ("", self.me.id)

    def relations_elsewhere(self, span: str) -> list[Relation]:
        """Return the relations that tie a span (its id) to this article from others, whoever made them.

        Raises UserError where the project cannot be read.
        """
        if self.store is None:
            return []
        here = {relation.id for relation in self.links.relations_of(span)}
        return [relation for relation in self.store.relations_at(span) if relation.id not in here]

    # Changes

    def do(self, step: Step) -> bool:
        """Do a step and write it; False when that was not possible. Changed spans are of the scheme in force then."""
        step = by_hand(step, self.scheme.version)
        return self._guarded(lambda workspace: workspace.do(step)) is not None

    def do_made(self, make: Callable[[], Step]) -> bool:
        """Do the step that is made here; False where it cannot be made, which the user is told, or not be done."""
        try:
            return self.do(make())
        except UserError as error:
            self.told.emit(str(error), False)
            return False

    def undo(self) -> Changed | None:
        """Take my last step back; where it was in another article, show that place."""
        changed = self._guarded(lambda workspace: workspace.undo())
        self.arrived(changed)
        return changed

    def redo(self) -> Changed | None:
        """Do again what was taken back last; where it is in another article, show that place."""
        changed = self._guarded(lambda workspace: workspace.redo())
        self.arrived(changed)
        return changed

    def _guarded(self, act: Callable[[Workspace], Changed | None]) -> Changed | None:
        if self.workspace is None:
            return None
        try:
            return act(self.workspace)
        except NotSaved as error:
            if self.waiting:
                self.unsaved.emit(str(error))
            else:
                self.told.emit(_("NOT SAVED. {reason}").format(reason=error), False)
            return None
        except UserError as error:
            self.told.emit(str(error), False)
            return None

    # What the disk refused

    def save_again(self) -> None:
        """Try to save the waiting step."""
        if self.waiting:
            self._guarded(lambda workspace: workspace.save_again())
            if not self.waiting:
                self.unsaved.emit("")

    def let_go(self) -> None:
        """Give the waiting step up."""
        if self.workspace is not None and self.waiting:
            self.workspace.let_go()
            self.unsaved.emit("")

    def arrived(self, changed: Changed | None) -> None:
        """Show where something was undone or redone."""
        if changed is not None:
            from annotator.ui.undone import show_place  # not before something is undone

            show_place(self, changed)

    def _take(self, changed: Changed) -> None:
        if self.workspace is None:
            return
        self.saved_at = datetime.now().strftime("%H:%M:%S")
        whole, changed = changed, self._unsealed(changed)
        another = any(isinstance(change.value, Scheme) for change in changed.changes)
        if another:
            self.scheme = self.workspace.store.scheme()
        if self.article is not None and self.article.id in changed.articles:
            self._follow(self.article.id, changed)
        if another:
            # Only now: who hears of other labels counts the spans that bear them.
            self.scheme_changed.emit()
        self.changed.emit(changed)
        if self.workspace is not None and self.workspace.store.opens(whole.changes):
            self.unsealed.emit()

    def _unsealed(self, changed: Changed) -> Changed:
        """Follow what is sealed for me; return what may be told of the changes."""
        workspace = self.workspace
        assert workspace is not None  # asked by `_take` only
        store, kinds = workspace.store, changed.kinds()
        if "assignment" in kinds:
            store.seal(self.me.id)
            if self.article is not None and self.article.id in changed.articles:
                self.show_article(self.article.id)
        here = self.article.id if self.article else ""
        if not store.sealed or (kinds == {"span"} and changed.articles == {here}):
            return changed
        if self.colleagues and store.opens(change for change in changed.changes if change.article == here):
            # What I am done with opens, and what I take up again closes.
            self.show_article(here)
        return changed._replace(changes=store.seen(changed.changes))

    def _follow(self, article: str, changed: Changed) -> None:
        here = [change for change in changed.changes if change.article == article]
        if changed.how == "merge":
            here.sort(key=lambda change: not isinstance(change.value, Layer))  # what stands in it is seen then
        if any(isinstance(change.value, Imported | Article) for change in here):
            if not self.show_article(article):
                self.clear_article()
            return
        self.folded.emit([change for change in here if self._fold(change)])
        if any(change.kind in ("relation", "group") for change in here):
            self.linked.emit()

    def _fold(self, change: Change) -> bool:
        """Follow a change of a visible layer or span; True for a span's."""
        value = change.value
        if isinstance(value, Layer) and self.visible.shows(value):
            if change.after is None:
                self.layers.pop(value.id, None)
            else:
                self.layers[value.id] = value
        elif isinstance(value, Relation | Group) and value.layer in self.layers:
            self.links.apply(change)
        elif isinstance(value, Span) and (value.layer in self.layers or value.id in self.spans):
            self.spans.apply(change)
            return True
        return False
