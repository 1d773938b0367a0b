-- The record. Every table stands in the record's own schema, which search_path names.
CREATE TABLE meta (
  one    boolean PRIMARY KEY DEFAULT true CHECK (one),
  origin text NOT NULL,
  key    text NOT NULL
);

CREATE TABLE head (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch      bigint NOT NULL,
  size       bigint NOT NULL CHECK (size >= 0),
  root       bytea  NOT NULL CHECK (octet_length(root) = 32),
  recorded   timestamptz, -- null while there is no leaf
  checkpoint bytea  NOT NULL
);

-- Collation "C": the order of a language may change with the system's libraries, and an index with it.
CREATE TABLE leaf (
  position bigint NOT NULL CONSTRAINT leaf_position PRIMARY KEY,
  ref      text COLLATE "C" NOT NULL CONSTRAINT leaf_ref UNIQUE,
  id       bytea NOT NULL
);

-- Level -1 holds bundles of leaves. Hashes cannot be compressed, and bundles are rewritten at every commit.
CREATE TABLE tile (
  level smallint NOT NULL,
  index bigint   NOT NULL,
  width smallint NOT NULL CHECK (width BETWEEN 1 AND 256),
  data  bytea    NOT NULL,
  PRIMARY KEY (level, index)
);
ALTER TABLE tile ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE cosigned (
  size bigint PRIMARY KEY,
  note bytea NOT NULL
);

-- Derived from the leaves; may be emptied at any time.
CREATE TABLE applied (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  position bigint NOT NULL DEFAULT 0
);
INSERT INTO applied DEFAULT VALUES;

CREATE TABLE listed (
  position bigint PRIMARY KEY,
  ref      text COLLATE "C" NOT NULL,
  id       bytea NOT NULL,
  kind     text COLLATE "C" NOT NULL,
  author   text COLLATE "C" NOT NULL
);
CREATE INDEX listed_id ON listed (id);
CREATE INDEX listed_kind ON listed (kind, position);
CREATE INDEX listed_author ON listed (author, position);
