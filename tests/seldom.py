"""For properties whose single run takes a tenth of a second: a quarter of the usual examples, also in long runs."""

from __future__ import annotations

from hypothesis import settings

seldom = settings(max_examples=settings().max_examples // 4)
"""Follows the profile, which is chosen before any test is collected."""
few = settings(max_examples=settings().max_examples if settings().max_examples > 100 else 25)
"""The same in short runs; all of the usual examples in long ones."""
