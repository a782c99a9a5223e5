"""A page with one of everything the screens use, to be shown under the content policy."""

import altair as alt
import pandas as pd
import streamlit as st

rows = pd.DataFrame({"name": ["醴陵市", "南县"], "value": [3, 5]})
st.title("Showcase", anchor=False)
st.markdown(":material/handshake: handshake")
bars = alt.Chart(rows).mark_bar().encode(alt.X("value:Q"), alt.Y("name:N"), alt.Tooltip("name:N"))
picked = st.altair_chart(
    bars.add_params(alt.selection_point(name="pick", fields=["name"])), key="chart", on_select="rerun"
)
st.dataframe(rows, key="table")
edited = st.data_editor(rows, key="grid")
st.download_button("Download", data=lambda: "content", file_name="文件.txt")
sent = st.file_uploader("Upload")
st.write(f"received {len(sent.getvalue()) if sent else 0} bytes")
if st.button("Fail"):
    raise RuntimeError("secret detail")
st.write("drawn to the end")
