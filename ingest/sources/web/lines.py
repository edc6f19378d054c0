"""Lines that stand on pages of every kind and are no part of an article. Read by ``article``."""

from __future__ import annotations

import re

_THINGS = r"(posts?|articles?|stories|content|news|pages|reads?|coverage|videos?|topics|links)"

#: What stands above the links, cards and remarks that follow an article.
TAIL = re.compile(
    rf"related|(related|recommended|popular|latest|recent|featured|trending|similar|top) {_THINGS}"
    r"|more (from|in|on|stories|articles|posts|news|like this)\b.{0,40}"
    r"|(you (may|might)|people|others) (also )?(like|be interested in|enjoyed?|read).{0,20}"
    r"|recommended( for you)?|trending( now)?|(read|up|watch|see) next|next up|(keep|continue) reading"
    r"|most (read|popular|viewed|shared)|don.t miss|editor.s picks?|from around the web|promoted stories"
    r"|(\d+ |all |post |view |reader )?(comments?|responses|replies)( \(?\d+\)?)?"
    r"|(leave|post|add|write) a (reply|comment).{0,20}|join the (conversation|discussion)|what do you think"
    r"|share (this|on|via)\b.{0,30}|follow us\b.{0,30}|(get )?our newsletter"
    r"|stay (connected|in touch|up to date)|sponsored( content)?|about the author",
    re.IGNORECASE,
)

#: What a page's foot begins with.
COPYRIGHT = re.compile(r"©|\(c\) ?(19|20)\d\d|copyright (©|\(c\)|(19|20)\d\d)", re.IGNORECASE)

#: What is a button, a notice or a note of the printer's.
STOCK = re.compile(
    r"(©|\(c\) ?(19|20)|copyright\b).{0,120}|.{0,80}\ball rights reserved\b.{0,40}|advertisements?"
    r"|share( this.{0,20})?|tweet|print( this page)?|e-?mail|pin( it)?|menu|search|skip to .{0,30}|back to top"
    r"|(sign|log) ?(in|out|up)|subscribe|facebook|twitter|linkedin|whatsapp|copy link|\d+ min(utes?)? read"
    r"|loading\W*|(read|learn) more\W*|click here\W*|close|accept( all)?( cookies)?"
    r"|(previous|next)( post| article| page)?|powered by .{0,40}|(we use|this (web)?site uses) cookies.{0,200}",
    re.IGNORECASE,
)
