"""Tilgang: links for readers, leaders and facilitators, made, listed and revoked."""

import streamlit as st

from lib.ui import access
from lib.ui.guard import require
from lib.ui.session import t

require("link.list", in_study=False)
st.title(t("access.title"))
st.markdown(t("access.lead"))

st.header(t("access.new"))
access.new_link_form()
access.made_link()

st.header(t("access.listed"))
access.listing()
