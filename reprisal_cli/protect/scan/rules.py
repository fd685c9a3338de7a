"""RC9: what may be in no document, and the parts of one that nobody could look into."""

from __future__ import annotations

from collections.abc import Mapping

from reprisal_cli.rule import Rule, error, warning

IDENTITY = error(
    "RC901",
    "identity-in-output",
    """No document holds a name that lies in the vault, unless it is printed by consent in the texts of its own case.

What it does: searches all texts of a document for each name of the vault, in every order and spelling, in other
alphabets, near to it, taken apart, as a hashtag, as initials next to the place.

Why it is bad: the report goes to the State that is said to have done the harm.

Use instead: the words of `described`, by `{p1}`; in a document from elsewhere, take the name out and scan again.
""",
)
CONTACT = error(
    "RC902",
    "contact-in-output",
    """No document holds contact data.

What it does: searches for the contact data of the vault, and for anything that looks like an address of e-mail, a
telephone number or a name on a social network.

Why it is bad: an address finds a person as surely as a name does.

Use instead: nothing; contact data stays in the vault.
""",
)
TITLE = error(
    "RC903",
    "title-in-output",
    """No document holds the title of a case of 12 letters and more.

What it does: searches for the titles of all cases.

Why it is bad: titles are for those who work on a case; where one is printed, so may be the rest.

Use instead: other words in the text, or another title.
""",
)
NOTE = error(
    "RC904",
    "internal-note-in-output",
    """No document holds what is for the desk: notes, reasons in the history, names of those who work on a case.

What it does: searches for notes and reasons of 12 letters and more, and for the names in `assignee` and `by` of four
letters and more. A name that is one plain word in small letters, as `desk`, is not looked for.

Why it is bad: a note tells who said what; a name of the staff exposes the one who bears it.

Use instead: other words in the text.
""",
)
ACTION = error(
    "RC905",
    "confidential-action-in-output",
    """No document holds the number of a confidential action, or the words of the reply to it.

What it does: searches for the numbers of actions marked `confidential: yes`, unless an action that is not has the same.

Why it is bad: a confidential action is in no document.

Use instead: leave it out of the text.
""",
)
UNREADABLE = error(
    "RC906",
    "unreadable-part",
    """Every part of a document can be read.

What it does: names what the scan could not look into: an encrypted or broken file, an unknown kind of part, a part too
large, a page that is a picture.

Why it is bad: what was not read may hold anything.

Use instead: a document without that part.
""",
)
PICTURE = warning(
    "RC907",
    "picture-not-read",
    """Somebody has looked at the pictures of a document from elsewhere.

What it does: names each picture in a document that `reprisal scan` was given. A file that is itself a picture, or a
page that is nothing else, is an error (RC906).

Why it is bad: a photograph of a letter holds the names in it, and no search finds them.

Use instead: a look at each picture; a document without them.
""",
)

RULES: tuple[Rule, ...] = (IDENTITY, CONTACT, TITLE, NOTE, ACTION, UNREADABLE, PICTURE)

BY_WHAT: Mapping[str, tuple[Rule, str]] = {
    "name": (IDENTITY, "a name of {of} that may not stand here"),
    "near": (IDENTITY, "nearly a name of {of} that may not stand here"),
    "initials": (IDENTITY, "a name of {of} by its initials, with the place or the family name"),
    "contact": (CONTACT, "contact data of {of}"),
    "title": (TITLE, "the title of {of}"),
    "note": (NOTE, "an internal note of {of}"),
    "staff": (NOTE, "the name of somebody who works on {of}"),
    "action": (ACTION, "a confidential action of {of}"),
    "mail": (CONTACT, "what looks like an address of e-mail"),
    "phone": (CONTACT, "what looks like a telephone number"),
    "handle": (CONTACT, "what looks like a name on a social network"),
}
"""What a hit is, and the rule and words that tell of it."""
