"""The assistant over HTTP and as tools: routes, accounts, limits, metrics, logs and feedback.

    request -> log -> guard -> body -> routes -> gate -> watch(assistant) -> answer

``app.build_app`` puts the page beside it.
"""
