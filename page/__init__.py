"""The chat page: how an answer becomes HTML, and the Gradio layout around it. Only ``app.py`` uses it."""
