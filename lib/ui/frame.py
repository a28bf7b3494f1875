"""The script behind every page: who is here, which study and language, and the menu that `decide()` allows."""

import streamlit as st

from lib.ui import inputs, navigation, session

st.set_page_config(page_icon=navigation.PAGE_ICON, layout="wide")
actor = session.begin()
with st.sidebar:
    study, language = st.container(), st.container()
with language:
    inputs.language_picker()
    navigation.sign_out(actor)
with study:
    inputs.study_picker()
page = st.navigation(navigation.menu(actor), expanded=True)
st.set_page_config(page_title=f"{page.title} – Mulighetsrom")
navigation.dress()
session.say_notice()
page.run()
