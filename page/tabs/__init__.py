"""The tabs beside the conversation, and the sheet that a conversation is taken away as. ``page.blocks`` puts them in.

A tab has a Python file that says what is in it, and where it does more than show something, a script of its own: the
page's head carries the scripts, and a tab hands its element to one when it is first looked at.
"""
