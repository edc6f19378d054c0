"""Systems under evaluation, each behind one method: a case -> a Reply.

``local`` is the assistant in this process, ``http`` a server that speaks Curbside's API or OpenAI's, ``function`` a
callable of somebody's module.
"""
