"""The parts of the page of colleagues, in their order; a new one is a line here."""

from __future__ import annotations

from annotator.ui.colleagues.assignment import AssignmentPart
from annotator.ui.colleagues.corrections import Corrections
from annotator.ui.colleagues.packages import Packages
from annotator.ui.colleagues.part import Part
from annotator.ui.colleagues.people import People
from annotator.ui.colleagues.progress import ProgressPart
from annotator.ui.colleagues.proposals import Proposals
from annotator.ui.colleagues.twofold import TwoMachines

PARTS: tuple[type[Part], ...] = (
    People,
    AssignmentPart,
    ProgressPart,
    Packages,
    Corrections,
    Proposals,
    TwoMachines,
)
