-- What is made from the leaves, and can be dropped and made again at any time. Change
-- the version in derived.go with this file.

CREATE TABLE d_applied (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  applied INTEGER NOT NULL
) STRICT;

CREATE TABLE d_entries (
  position INTEGER PRIMARY KEY,
  ref      TEXT NOT NULL,
  id       BLOB NOT NULL,
  kind     TEXT NOT NULL,
  author   TEXT NOT NULL
) STRICT;

-- Eight bytes tell identities apart well enough to keep the tree a third of the size.
CREATE INDEX d_entries_id ON d_entries (substr(id, 1, 8));
CREATE INDEX d_entries_kind ON d_entries (kind, position);
CREATE INDEX d_entries_author ON d_entries (author, position);
