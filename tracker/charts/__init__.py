"""Tidy frames to Altair charts, and charts to pictures. Pure: no database, no Streamlit, no clock."""
