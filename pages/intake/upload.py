"""Last opp: a workbook in, its errors by cell or its changes, a confirmation, and the history with undo."""

import streamlit as st

from lib.ui import inputs
from lib.ui.guard import require
from lib.ui.session import t
from lib.ui.uploads import history, mapping, problems, uploading

study = require("upload.check")
st.title(t("upload.title"))
st.markdown(t("upload.lead"))

file = inputs.workbook_file()
preview = uploading.preview(study, file)
if preview:
    problems.problems(preview)
    uploading.hidden_too(preview)
    mapping.sheets(study, preview)
    uploading.changes(preview)
    uploading.confirm_button(preview)
else:
    history.receipt(study)

st.header(t("upload.templates"))
st.markdown(t("upload.templates_lead"))
uploading.templates(study)

st.header(t("upload.history"))
history.history(study)
