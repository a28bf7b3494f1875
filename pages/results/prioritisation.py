"""Prioritering: which areas come first, how firm the order is, and why."""

import streamlit as st

from lib.ui import data, inputs, show
from lib.ui.session import require, t

study = require("results.view")
st.title(t("ranking.title"))
answer = st.container()

workshop = inputs.workshop_picker(study)
with st.expander(t("ranking.filters"), expanded=inputs.narrowed()):
    selection = inputs.selection(data.choices(study, workshop))
    spread = inputs.spread_toggle()
result = data.result(study, selection)

with answer:
    show.answer(result)
    show.caveat()

pictures = st.grid(2, min_column_width=show.PICTURE_WIDTH, gap="medium")
with pictures.cell():
    show.matrix(result, spread)
with pictures.cell():
    show.order(result)

show.reordered(result)
st.subheader(t("ranking.table"))
show.ranking_table(result)
show.ranking_downloads(result)
