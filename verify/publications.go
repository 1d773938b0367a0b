package verify

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
)

// publications computes published rulings again and compares them.
func (v *run) publications() {
	var c *casefile.Case
	why := ""
	for i := range v.state.published {
		p := &v.state.published[i]
		its, again := "its rulings", "computed"
		if p.What == "report" {
			its, again = "the daily report", "made"
		}
		if p.What != "case" && int64(p.Position) >= p.at {
			v.r.bad("late-position", v.state.file(p.at), p.at, fmt.Sprintf("it publishes what position %d gives, which stands no earlier than itself", p.Position), "a publication is recorded after what it is of")
			continue
		}
		skip := func(what string) {
			v.r.skipped("publication", v.state.file(p.at), p.at, what)
		}
		switch {
		case p.What == "case": // held to case.hcl
		case p.What != "rulings" && p.What != "report":
			skip(fmt.Sprintf("what was published as %q is not computed by this program", p.What))
		case p.Rules != judge.Rules:
			skip(fmt.Sprintf("rules %s are not those of this program (%s)", p.Rules, judge.Rules))
		case !v.o.Judge:
			skip(fmt.Sprintf("%s: not %s again, it was not asked for", its, again))
		default:
			if c == nil && why == "" {
				c, why = v.load()
			}
			if why != "" {
				skip(fmt.Sprintf("%s could not be %s again: %s", its, again, why))
				continue
			}
			if p.What == "report" {
				v.daily(p, c, skip)
			} else {
				v.rulings(p, c, skip)
			}
		}
	}
}

// load reads the case out of the mirror once more.
func (v *run) load() (c *casefile.Case, why string) {
	if len(v.r.Findings) > 0 {
		return nil, "the mirror does not fit as it should"
	}
	leaves, err := v.leaves()
	if err != nil {
		return nil, err.Error()
	}
	c, err = casefile.LoadLeaves(listed{v.fsys}, leaves)
	if err == nil {
		return c, ""
	}
	var list problem.List
	list.Take(err)
	return nil, "the case has problems, first " + list[0].Error()
}

// leaves reads all bundles again; they must be those of the pass.
func (v *run) leaves() ([][]byte, error) {
	all := make([][]byte, 0, v.head.Size)
	for index := int64(0); ; index++ {
		width := proof.Width(v.head.Size, 0, index)
		if width == 0 {
			return all, nil
		}
		b := &bundle{index: index, width: width}
		data, name, err := v.fetch(proof.EntriesPath, index, width, maxBundle)
		if err == nil && name != proof.EntriesPath(index, width) {
			data, err = proof.CutBundle(data, width)
		}
		if err == nil {
			b.raw, err = proof.ParseBundle(data, width)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, leaf := range b.raw {
			b.hashes = append(b.hashes, proof.LeafHash(leaf))
		}
		same := slices.Equal(b.hashes, v.tree.edge)
		if width == proof.TileWidth {
			same = proof.Root(b.hashes) == v.tree.levels[1][index]
		}
		if !same {
			return nil, fmt.Errorf("%s changed while it was verified", name)
		}
		all = append(all, b.raw...)
	}
}

// rulings computes what a publication commits to.
func (v *run) rulings(p *publication, c *casefile.Case, skip func(string)) {
	at, err := moment.Parse(p.happened, c.Zone)
	if p.happened == "" || err != nil {
		v.r.bad("no-moment", v.state.file(p.at), p.at, "it does not say for which moment its rulings are", "a publication of rulings has a time in happened")
		return
	}
	h := sha256.New()
	d := &differ{published: v.published(p.Hash)}
	defer d.close()
	if err := WriteRulings(io.MultiWriter(h, d), c, p.Position, at.Latest(), v.o.Each); err != nil {
		skip("its rulings could not be computed again: " + err.Error())
		return
	}
	got := sum(h)
	if got == p.Hash {
		v.r.Judged++
		return
	}
	for _, later := range v.state.published {
		if later.What == "case" && later.at > int64(p.Position) {
			skip(fmt.Sprintf("its rulings come out otherwise, and case.hcl was changed since, at position %d", later.at))
			return
		}
	}
	what := "the rulings computed again differ"
	if where := d.where(); where != "" {
		what += ", first at " + where
	}
	v.r.bad("other-rulings", v.state.file(p.at), p.at, fmt.Sprintf("%s: published is %s, computed %s", what, p.Hash, got), "the rulings that were published do not follow from the record by these rules")
}

// published opens the rulings as they were published, where the mirror has them.
func (v *run) published(hash string) fs.File {
	f, err := v.fsys.Open(blobPath(hash))
	if err != nil {
		return nil
	}
	return f
}

// differ compares lines that are written to it with those of a file.
type differ struct {
	published fs.File
	r         *bufio.Reader
	rest      []byte
	theirs    string // the first line of theirs that differs, and ours
	ours      string
	done      bool
}

// Write implements io.Writer.
func (d *differ) Write(data []byte) (int, error) {
	if d.published == nil || d.done {
		return len(data), nil
	}
	if d.r == nil {
		d.r = bufio.NewReader(d.published)
	}
	d.rest = append(d.rest, data...)
	for {
		ours, rest, ok := bytes.Cut(d.rest, []byte("\n"))
		if !ok || d.done {
			return len(data), nil
		}
		theirs, _ := d.r.ReadString('\n')
		if theirs != string(ours)+"\n" {
			d.ours, d.theirs, d.done = string(ours), theirs, true
		}
		d.rest = rest
	}
}

func (d *differ) close() {
	if d.published != nil {
		d.published.Close() //nolint:errcheck,gosec // nothing was written
	}
}

// where names the first ruling that differs.
func (d *differ) where() string {
	if d.published == nil {
		return ""
	}
	if !d.done { // ours is a beginning of theirs
		if d.r == nil {
			return ""
		}
		d.theirs, _ = d.r.ReadString('\n')
	}
	for _, text := range []string{d.ours, d.theirs} {
		var l rulingLine
		if err := json.Unmarshal([]byte(text), &l); err == nil && l.Report != "" {
			return fmt.Sprintf("report %s, agreement %s, clause %s, reading %s", l.Report, l.Agreement, l.Clause, l.Reading)
		}
	}
	return "the first line, which names the question"
}

// listed is a mirror whose folders of agreements can be listed although the mirror
// itself, as a site, cannot be: they hold what their MANIFEST says.
type listed struct{ fs.FS }

// ReadDir implements fs.ReadDirFS.
func (l listed) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(l.FS, name)
	if err == nil || errors.Is(err, fs.ErrNotExist) && !strings.HasPrefix(name, "agreements/") {
		return list, err
	}
	data, manifestErr := readFile(l.FS, path.Join(name, manifestFile), 64<<10)
	if manifestErr != nil {
		return nil, err
	}
	for text := range strings.Lines(string(data)) {
		_, file, _ := strings.Cut(strings.TrimSuffix(text, "\n"), "  ")
		list = append(list, dirEntry(file))
	}
	return list, nil
}

// dirEntry is a file of which only the name is known.
type dirEntry string

func (e dirEntry) Name() string               { return string(e) }
func (e dirEntry) IsDir() bool                { return false }
func (e dirEntry) Type() fs.FileMode          { return 0 }
func (e dirEntry) Info() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
