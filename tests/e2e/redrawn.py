"""The property machine with changes of the scheme that move spans: labels added, renamed, joined, split, deleted."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from annotator.domain import redrawing
from annotator.jobs.redrawing import redraw
from tests.e2e import tied
from tests.e2e.machine import FURTHER, LABELS


@dataclass
class Model(tied.Model):
    """Also the labels of the scheme, and what the first is called."""

    labels: frozenset[str] = frozenset(LABELS) - {FURTHER}
    called: str = "Quote"

    def copy(self) -> Model:
        return Model(**vars(super().copy()), labels=self.labels, called=self.called)


class Machine(tied.Machine):
    """The work of `tied`, and a scheme that changes under it. The further label plays no part in ties."""

    model: Model

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()

    def relabelled(self, ids: list[str], label: str) -> None:
        """Have spans of the model bear another label: what they outgrow by it goes."""
        for id in ids:
            article, _label, fragments = self.model.spans[id]
            self.model.spans[id] = article, label, fragments
        self.outgrow(ids)

    @rule(how=st.integers(0, 3), name=st.sampled_from(("Quote", "Words", "“Łucja”")))
    def redraw(self, how: int, name: str) -> None:
        draft, model = redrawing.begun(self.ws.store.scheme()), self.model
        of_further = self.of_label(FURTHER)
        if FURTHER not in model.labels:
            draft = redrawing.add_label(draft, FURTHER, "Further", light="#123456", dark="#ABCDEF")
        elif how == 0:
            draft = redrawing.merge(draft, FURTHER, "quote")
        elif how == 1:
            draft = redrawing.delete_label(draft, FURTHER, spans_too=True)
        elif how == 2:
            draft = redrawing.split(draft, "quote", FURTHER, "mode", "a")
        else:
            draft = redrawing.rename(draft, "quote", name)

        def then() -> None:
            if FURTHER not in model.labels:
                model.labels |= {FURTHER}
            elif how == 0:
                model.labels -= {FURTHER}
                self.relabelled(of_further, "quote")
            elif how == 1:
                model.labels -= {FURTHER}
                for id in of_further:
                    self.untied(id)
                    del model.spans[id]
                    model.said.pop(id, None)
            elif how == 2:
                said = [id for id in self.of_label("quote") if model.said.get(id, ({},))[0].get("mode") == "a"]
                self.relabelled(said, FURTHER)
            else:
                model.called = name

        self.tries("redraw", lambda: redraw(self.ws, draft), then)

    @invariant()
    def the_scheme_is_the_models(self) -> None:
        scheme = self.ws.store.scheme()
        assert {label.id for label in scheme.labels} == self.model.labels
        quote = scheme.label("quote")
        assert quote is not None
        assert quote.name == self.model.called
