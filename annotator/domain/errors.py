"""The two kinds of fault: a UserError is the world's and told in a sentence; everything else is a bug."""


class UserError(Exception):
    """Something the user can understand and mend; its text is one or more whole sentences, nothing was lost."""


class BadSpan(UserError):
    """A span whose offsets or quoted text do not fit the article."""


class Stale(UserError):
    """A change was made against a state that is no longer there; nothing was written."""


class NotTheLead(UserError):
    """Scheme, assignments and metadata are the lead's to change; a colleague proposes. Nothing was written."""


class ReadOnly(UserError):
    """The project can be read but not written now."""


class NotSaved(UserError):
    """The disk refused a write; what was done before is safe, this step is not on the disk."""


class NotAProject(UserError):
    """The file is not a project of ours, or of a version this program must not write."""
