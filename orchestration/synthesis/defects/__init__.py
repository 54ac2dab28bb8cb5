"""Planted slips and hard negatives: what is wrong on purpose in a synthetic county, where, and what it was before.

The way through a run (each call depends on its arguments alone):

1. ``flow`` changes the reports once, before any page is made (reporting layer).
2. For each unit and month ``file_plan`` says what becomes of its workbook (file layer), and ``spoil`` changes the
   cells of its pages (clerk layer); it knows the plan and leaves alone what nobody will be able to read.
3. ``files.write`` obeys the plan, then calls ``damage`` on the file that it wrote.
4. ``log.build`` makes the log from where everything came to stand.

A mark whose row is the page's height stands on the 合计 row.
"""

from __future__ import annotations

from orchestration.synthesis.defects.correction import before_correction
from orchestration.synthesis.defects.damage import damage
from orchestration.synthesis.defects.file import FilePlan, Wrong, file_plan
from orchestration.synthesis.defects.flow import flow
from orchestration.synthesis.defects.log import Entry, Placed, build
from orchestration.synthesis.defects.spoil import spoil

__all__ = ["Entry", "FilePlan", "Placed", "Wrong", "before_correction", "build", "damage", "file_plan", "flow", "spoil"]
