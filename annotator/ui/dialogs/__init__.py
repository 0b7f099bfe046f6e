"""Windows that ask: for a name, for files, for what to export; and the sheet of keys."""
