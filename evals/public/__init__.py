"""Tasks on other people's data: each measures one step of the line, as the whole system runs it.

``retrieval`` on a BEIR folder, ``selection`` of sentences, ``abstention`` where the passages do not answer, and
``followup``, the terms taken over from a conversation. Each gives a table with 95 % intervals and a JSON file.
"""
