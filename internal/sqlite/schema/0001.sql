-- What the record is: nothing here can be made again from anything else. Positions count
-- from 1; a tile of level -1 is a bundle of leaves, which hold what an entry says.

CREATE TABLE meta (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  origin TEXT NOT NULL,
  key    TEXT NOT NULL
) STRICT;

CREATE TABLE head (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  epoch      INTEGER NOT NULL,
  size       INTEGER NOT NULL,
  root       BLOB NOT NULL,
  recorded   INTEGER, -- seconds since 1970, UTC
  checkpoint BLOB NOT NULL
) STRICT;

-- One tree alone, ordered by reference: references that rise, as those of most feeds do,
-- are written side by side, and those at random touch a page each in one tree, not in two.
CREATE TABLE entries (
  ref      TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  id       BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tiles (
  level INTEGER NOT NULL,
  idx   INTEGER NOT NULL,
  width INTEGER NOT NULL,
  data  BLOB NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT;

CREATE TABLE cosigned (
  size INTEGER PRIMARY KEY,
  note BLOB NOT NULL
) STRICT;
