"""The main script that Streamlit runs, alone in its folder: a neighbour could shadow a standard module."""
