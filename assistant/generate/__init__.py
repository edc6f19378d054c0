"""Evidence -> sentences of a chat model, each held to the passages that it cites. After ``answer``, before ``cite``.

``model`` opens the chat model, ``prompt`` says what is sent to it, ``receive`` takes the reply in as it comes, within
its limits, ``reply`` splits it into sentences with the keys of passages, ``hold`` keeps those that the verifier finds
borne out, and ``write`` is all of that for one question.
"""
