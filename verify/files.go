package verify

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/record"
)

// sort is what an entry names a file as.
type sort uint8

const (
	aFile   sort = iota // a reading or an area
	aFolder             // of an agreement: the hash is that of its MANIFEST
	aBlob
	maybeBlob // what was published: it need not be there
)

// named is a file that an entry names by its hash.
type named struct {
	sort     sort
	position int64
	path     string
	hash     string
}

// publication is an entry that commits to what was published.
type publication struct {
	record.Publication
	at       int64 // its position
	happened string
}

// note keeps what an entry says of files.
func (s *state) note(e *record.Entry, position int64) {
	switch b := e.Body.(type) {
	case *record.Agreement:
		if b.Path != "" {
			s.files = append(s.files, named{aFolder, position, b.Path, b.Version})
		}
	case *record.Reading:
		s.files = append(s.files, named{aFile, position, b.Path, b.Hash})
	case *record.Area:
		s.files = append(s.files, named{aFile, position, b.Path, b.Hash})
	case *record.Source:
		if b.Hash != "" {
			s.files = append(s.files, named{aBlob, position, blobPath(b.Hash), b.Hash})
		}
	case *record.Correction:
		if source, ok := b.Entry.Body.(*record.Source); ok && source.Hash != "" {
			s.files = append(s.files, named{aBlob, position, blobPath(source.Hash), source.Hash})
		}
	case *record.Publication:
		p := publication{Publication: *b, at: position, happened: e.Happened}
		s.r.Publications++
		s.published = append(s.published, p)
		s.files = append(s.files, named{maybeBlob, position, blobPath(b.Hash), b.Hash})
		if b.What == "case" {
			s.bound = &p
		}
	}
}

func blobPath(hash string) string { return path.Join("blobs", hash[:min(2, len(hash))], hash) }

// checked is what came of one file.
type checked struct {
	found          []Finding
	files          int64
	blobs, lacking int64
}

// files holds the files of the case and the blobs to their hashes.
func (v *run) files() {
	list := v.state.files
	slices.SortStableFunc(list, func(a, b named) int {
		if a.path != b.path {
			return strings.Compare(a.path, b.path)
		}
		return int(a.sort) - int(b.sort)
	})
	list = slices.CompactFunc(list, func(a, b named) bool { return a.path == b.path && a.hash == b.hash })
	const some = 256
	for from := 0; from < len(list); from += some {
		part := list[from:min(from+some, len(list))]
		out := make([]checked, len(part))
		v.o.Each.do(len(part), func(i int) { out[i] = v.file(part[i]) })
		for _, c := range out {
			v.r.Files += c.files
			v.r.Blobs += c.blobs
			v.r.Lacking += c.lacking
			for _, f := range c.found {
				v.r.find(f)
			}
		}
	}
	v.caseFile()
}

// caseFile holds case.hcl to the last entry that binds it.
func (v *run) caseFile() {
	p := v.state.bound
	got, err := v.digest(caseFile)
	switch {
	case p == nil && v.state.gap:
		v.r.skipped("case", caseFile, 0, "no entry that could be read binds it; some could not be read")
	case p == nil && err == nil:
		v.r.skipped("case", caseFile, 0, "no entry binds it: its names, zone and bounds are the mirror's own word")
	case p == nil && errors.Is(err, fs.ErrNotExist):
		v.r.skipped("case", caseFile, 0, "it is not there")
	case err != nil:
		at := int64(0)
		if p != nil {
			at = p.at
		}
		v.lacks(caseFile, at, err)
	case got != p.Hash:
		v.r.bad("hash-mismatch", caseFile, p.at, fmt.Sprintf("it is not the file that position %d commits to: its SHA-256 is %s, the entry says %s", p.at, got, p.Hash), "take it from another mirror")
	default:
		v.r.Files++
	}
}

// file holds one file to its hash.
func (v *run) file(n named) (c checked) {
	if !fs.ValidPath(n.path) || n.path == "." {
		c.found = append(c.found, Finding{"bad-path", "", n.position, fmt.Sprintf("%q is no path in a mirror", n.path), "nothing can be looked up there"})
		return c
	}
	if n.sort == aFolder {
		return v.folder(n)
	}
	got, err := v.digest(n.path)
	blob := n.sort == aBlob || n.sort == maybeBlob
	switch {
	case err != nil && blob && errors.Is(err, fs.ErrNotExist):
		if n.sort == aBlob {
			c.lacking = 1
		}
	case err != nil:
		c.found = append(c.found, lacking(n.path, n.position, err))
	case got != n.hash:
		c.found = append(c.found, otherHash(n.path, n.position, n.hash, got))
	case blob:
		c.blobs = 1
	default:
		c.files = 1
	}
	return c
}

func otherHash(name string, position int64, want, got string) Finding {
	return Finding{"hash-mismatch", name, position, fmt.Sprintf("it does not have the hash that position %d names: its SHA-256 is %s, the entry says %s", position, got, want), "take it from another mirror"}
}

// folder holds the MANIFEST of an agreement and what it lists to their hashes.
func (v *run) folder(n named) (c checked) {
	const maxManifest = 64 << 10
	name := path.Join(n.path, manifestFile)
	data, err := readFile(v.fsys, name, maxManifest)
	if err != nil {
		c.found = append(c.found, lacking(name, n.position, err))
		return c
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != n.hash {
		c.found = append(c.found, otherHash(name, n.position, n.hash, got))
		return c
	}
	c.files++
	for l := range strings.Lines(string(data)) {
		want, listed, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "  ")
		file := path.Join(n.path, listed)
		if !ok || !fs.ValidPath(listed) || listed == "." {
			c.found = append(c.found, Finding{"bad-manifest", name, n.position, fmt.Sprintf("%.80q is no line of a MANIFEST", l), "the version was recorded with it; nothing can be held to this line"})
			continue
		}
		switch got, err := v.digest(file); {
		case err != nil:
			c.found = append(c.found, lacking(file, n.position, err))
		case got != want:
			c.found = append(c.found, Finding{"hash-mismatch", file, n.position, fmt.Sprintf("it is not the file that the MANIFEST at position %d lists: its SHA-256 is %s, listed is %s", n.position, got, want), "take it from another mirror"})
		default:
			c.files++
		}
	}
	return c
}

// digest gives the SHA-256 of a file, however long it is.
func (v *run) digest(name string) (string, error) {
	f, err := v.fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return sum(h), nil
}

func sum(h hash.Hash) string { return fmt.Sprintf("%x", h.Sum(nil)) }
