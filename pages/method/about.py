"""Om metoden: how the order comes about, how firm it is, and where each method is from."""

import streamlit as st

from lib.exhibits.limits import limits
from lib.ui import show
from lib.ui.guard import require
from lib.ui.session import language, t

require("method.read", in_study=False)
st.title(t("about.title"))
for topic in ("prioritisation", "firm", "leaving_out", "agreement", "gap", "weight", "privacy", "costs", "fair"):
    st.header(t(f"about.{topic}_title"))
    st.markdown(t(f"about.{topic}", **limits(language())))

st.header(t("about.methods_title"))
st.markdown(t("about.methods_lead"))
show.methods()

st.header(t("about.sources_title"))
st.markdown(t("about.sources"))
