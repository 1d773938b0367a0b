package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// fewEntries are signed one by one; more of one author go under a sheet.
const fewEntries = 8

func (a *app) appendCommand() *cobra.Command {
	var p appending
	c := &cobra.Command{
		Use:   "append DIR|ADDRESS [FILE]",
		Short: "Sign entries and add them to a record",
		Long: `Reads entries from a file, or from standard input, signs each with the key of its author
and records them; the receipts say where they stand. Entries are JSON, one after the
other: bare, {"entry":{…}}, or {"entry":{…},"protected":{"said_by.name":{…}}}, whose protected values are
sealed: their commitments go into the entry, the values into DIR/protected. An envelope that is
signed already keeps its signature.

Every entry is read and checked before any is recorded. An entry that is there already
gets its old receipt, so a file can be given again after an interruption. Several entries
of one author in a row are signed together, as a sheet.

The key of an author is DIR/keys/AUTHOR.key, or the file given with --key. At a server (give
its address) --key is needed, and nothing protected can be sent.`,
		Example: `  truceline append records/valley entries.json
  truceline append https://mission.example --key a.delegation.key reply.json
  echo '{"kind":"report",…}' | truceline append records/valley`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			file := "-"
			if len(args) == 2 {
				file = args[1]
			}
			return a.appendEntries(ctxOf(c), args[0], file, p)
		},
	}
	c.Flags().StringVar(&p.key, "key", "", "file of the author's private key")
	c.Flags().StringVar(&p.format, "format", "text", "text, json")
	storeFlag(c, &p.store)
	return c
}

type appending struct{ key, store, format string }

// given is one entry of the input.
type given struct {
	leaf     record.Leaf
	openings []record.Opening
	line     int
}

func (a *app) appendEntries(ctx context.Context, where, file string, p appending) error {
	if err := known("--format", p.format, []string{"text", "json"}); err != nil {
		return err
	}
	list, err := a.readEntries(file)
	if err != nil {
		return err
	}
	t, err := a.target(ctx, where, p.store)
	if err != nil {
		return err
	}
	defer t.close()
	s := a.signing(where, t, p.key)
	if p.format == "text" { // told as they come: what was told stands, whatever happens next
		s.told = func(got []recorder.Receipt) error { return a.receipts(got, "text") }
	}
	receipts, err := s.all(ctx, list)
	if p.format == "json" {
		if out := a.receipts(receipts, "json"); out != nil {
			return out
		}
	}
	return insideLines(file, err)
}

// insideLines names the file of problems that have lines.
func insideLines(file string, err error) error {
	var list problem.List
	if !errors.As(err, &list) {
		return err
	}
	out := make(problem.List, len(list))
	for i, p := range list {
		if p.File == "" && p.Line > 0 {
			p.File = file
		}
		out[i] = p
	}
	return out
}

func (a *app) receipts(list []recorder.Receipt, format string) error {
	if format == "json" {
		if list == nil {
			list = []recorder.Receipt{}
		}
		return a.json(list)
	}
	for _, r := range list {
		again := ""
		if r.Again {
			again = "  (was there)"
		}
		a.printf("%d  %s  %s  %s%s\n", r.Position, r.Ref, r.Recorded, r.ID[:16], again)
	}
	return nil
}

// readEntries reads all entries of a file, or every problem of it.
func (a *app) readEntries(file string) ([]given, error) {
	const most = 512 << 20
	in := a.in
	if file != "-" {
		f, err := os.Open(file) //nolint:gosec // the user's own file
		if err != nil {
			return nil, err
		}
		defer f.Close() //nolint:errcheck // read only
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, err
	}
	if len(data) > most {
		return nil, fmt.Errorf("%s has more than %d bytes: give it in parts", file, most)
	}
	var list []given
	var problems problem.List
	dec := json.NewDecoder(bytes.NewReader(data))
	line, seen := 1, 0
	for {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		at := int(dec.InputOffset()) - len(raw)
		if err != nil {
			at = int(dec.InputOffset())
		}
		line += bytes.Count(data[seen:at], []byte("\n"))
		seen = at
		if err != nil {
			problems.Add(problem.Problem{Code: "not-json", File: file, Line: line, What: "there is no entry here that can be read: " + err.Error(), Mend: "give entries as JSON, one after the other"})
			break
		}
		g, err := readGiven(raw)
		if err != nil {
			var faults problem.List
			faults.Take(err)
			for _, p := range faults {
				p.File, p.Line = file, max(p.Line, 1)+line-1
				problems.Add(p)
			}
			continue
		}
		g.line = line
		list = append(list, g)
	}
	if len(list) == 0 && len(problems) == 0 {
		return nil, fmt.Errorf("%s holds no entries", file)
	}
	return list, record.Bounded(problems, 200)
}

// readGiven reads one entry in any of its forms.
func readGiven(raw []byte) (g given, err error) {
	var form struct {
		Entry     json.RawMessage            `json:"entry"`
		Protected map[string]json.RawMessage `json:"protected"`
		Signature string                     `json:"signature"`
		Recorded  string                     `json:"recorded"`
	}
	if json.Unmarshal(raw, &form) != nil || form.Entry == nil || form.Signature == "" && form.Recorded == "" {
		e, openings, err := keep.ReadDraft("", 1, raw, rand.Reader)
		if err != nil {
			return g, err
		}
		g.openings = openings
		g.leaf, err = record.Submission(e, "")
		return g, err
	}
	if len(form.Protected) > 0 {
		return g, problem.List{{Code: "signed-and-protected", What: "an envelope of a record carries values to be sealed", Mend: "give the entry alone beside them: leave out the signature and the time of recording"}}
	}
	var e record.Entry
	if err := json.Unmarshal(form.Entry, &e); err != nil {
		return g, err
	}
	g.leaf, err = record.Submission(e, form.Signature)
	return g, err
}

// signing signs entries with the keys of their authors and records them.
type signing struct {
	a     *app
	t     target
	h     *home // its keys and protected values; nil where only an address is known
	given string
	keys  map[string]*proof.Signer
	after func(n int)
	told  func([]recorder.Receipt) error // of every part that was recorded; may be nil
}

// signing prepares to sign for a record; key is the file of a private key, or empty.
func (a *app) signing(where string, t target, key string) *signing {
	s := &signing{a: a, t: t, given: key, keys: map[string]*proof.Signer{}}
	if !isAddress(where) {
		s.h = &home{dir: where, a: a}
	}
	return s
}

// keeper names the author that signs when none is named: the keeper of a record in a
// folder that this process writes, or the one author whose key is in the folder.
func (s *signing) keeper() (string, error) {
	if l, ok := s.t.(*localTarget); ok {
		return l.r.Keys().All()[0].Name, nil
	}
	var names []string
	if s.h != nil {
		list, err := s.h.keys().List()
		if err != nil {
			return "", err
		}
		names = slices.DeleteFunc(list, func(name string) bool { return name == keep.LogKey || name == "protected" })
	}
	if len(names) != 1 {
		return "", errors.New("--author: name the key that signs")
	}
	return names[0], nil
}

// key gives the key of an author.
func (s *signing) key(author string) (*proof.Signer, error) {
	if k := s.keys[author]; k != nil {
		return k, nil
	}
	var k *proof.Signer
	var err error
	switch {
	case s.given != "":
		if k, err = keep.LoadKey(s.given); err == nil && k.Name() != author {
			err = fmt.Errorf("%s is the key of %s and the entry is by %s", s.given, k.Name(), author)
		}
	case s.h != nil:
		if k, err = s.h.keys().Load(author); errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("no key of %s is in %s (give it with --key, or make one: truceline key new %s %s --holder …)", author, s.h.keys().Dir, s.h.dir, author)
		}
	default:
		err = errors.New("give the author's key with --key")
	}
	if err != nil {
		return nil, err
	}
	s.keys[author] = k
	return k, nil
}

// all records entries in order: runs of one author under sheets, others one by one. The
// receipts are of those that were recorded before the error.
func (s *signing) all(ctx context.Context, list []given) ([]recorder.Receipt, error) {
	for i, g := range list {
		if len(g.openings) > 0 && s.h == nil {
			return nil, problem.List{{Code: "protected", Line: g.line, What: "protected values are kept beside the record and are not sent to a server", Mend: "append in the record's own folder"}}
		}
		if g.leaf.Signature == "" {
			if _, err := s.key(g.leaf.Entry.Author); err != nil {
				return nil, err
			}
		}
		var err error
		if list[i], err = s.sealedBefore(ctx, g); err != nil {
			return nil, err
		}
	}
	var got []recorder.Receipt
	for len(list) > 0 {
		n := run(list)
		part, err := s.part(ctx, list[:n])
		got = append(got, part...)
		if err != nil {
			return got, err
		}
		if s.after != nil {
			s.after(n)
		}
		if s.told != nil {
			if err := s.told(part); err != nil {
				return got, err
			}
		}
		list = list[n:]
	}
	return got, nil
}

// run is how many entries go together: under one sheet, or a single one.
func run(list []given) int {
	alone := func(g given) bool {
		k := g.leaf.Entry.Kind
		return g.leaf.Signature != "" || k == record.KindKey || k == record.KindSheet
	}
	n := 0
	for n < len(list) && n < record.MaxSheet && !alone(list[n]) && list[n].leaf.Entry.Author == list[0].leaf.Entry.Author {
		n++
	}
	if n < fewEntries {
		return 1
	}
	return n
}

// part seals what is protected, then records entries of one author.
func (s *signing) part(ctx context.Context, list []given) ([]recorder.Receipt, error) {
	for _, g := range list {
		for _, o := range g.openings {
			if err := s.h.protected().Seal(record.ID(fmt.Sprintf("%x", g.leaf.Identity)), o); err != nil {
				return nil, err
			}
		}
	}
	if len(list) == 1 {
		g := list[0]
		if g.leaf.Signature == "" {
			r, err := s.a.submit(ctx, s.t, s.keys[g.leaf.Entry.Author], g.leaf.Entry)
			return one(r, atLine(g.line, err))
		}
		r, err := s.t.append(ctx, g.leaf)
		return one(r, atLine(g.line, err))
	}
	under := make([]record.Leaf, len(list))
	for i, g := range list {
		under[i] = g.leaf
	}
	got, err := s.a.submitSheet(ctx, s.t, s.keys[list[0].leaf.Entry.Author], under)
	var faults problem.List
	if errors.As(err, &faults) && faults[0].Code == "recorded-in-part" {
		return s.singly(ctx, list) // a file that has grown since it was given
	}
	if len(faults) > 0 { // their lines count entries of the sheet, which is the first
		out := make(problem.List, len(faults))
		for i, p := range faults {
			if p.Line > 1 && p.Line-2 < len(list) {
				p.Line = list[p.Line-2].line
			} else {
				p.Line = list[0].line
			}
			out[i] = p
		}
		err = out
	}
	if len(got) > 0 {
		got = got[1:]
	}
	return got, err
}

// singly records entries one by one.
func (s *signing) singly(ctx context.Context, list []given) ([]recorder.Receipt, error) {
	var got []recorder.Receipt
	for _, g := range list {
		r, err := s.a.submit(ctx, s.t, s.keys[g.leaf.Entry.Author], g.leaf.Entry)
		if err != nil {
			return got, atLine(g.line, err)
		}
		got = append(got, r)
	}
	return got, nil
}

// sealedBefore gives an entry whose values are protected as it was recorded, if it was
// with these very values: its salts are not chosen a second time.
func (s *signing) sealedBefore(ctx context.Context, g given) (given, error) {
	l, ok := s.t.(*localTarget)
	if !ok || len(g.openings) == 0 {
		return g, nil
	}
	ref := string(g.leaf.Entry.Ref)
	found, err := l.h.store.Find(ctx, []string{ref})
	f, there := found[ref]
	if err != nil || !there {
		return g, err
	}
	old, err := l.r.Reader().Leaf(ctx, f.Position)
	if err != nil {
		return g, err
	}
	for _, o := range g.openings {
		kept, err := l.h.protected().Open(record.ID(fmt.Sprintf("%x", f.ID)), o.Field)
		if err != nil || !bytes.Equal(kept.Value, o.Value) {
			return g, nil //nolint:nilerr // other values, or values that cannot be seen: another entry
		}
	}
	e := g.leaf.Entry
	e.Sealed = old.Entry.Sealed
	same, err := record.Submission(e, "")
	if err != nil || same.Identity != old.Identity {
		return g, err
	}
	return given{leaf: same, line: g.line}, nil
}

func one(r recorder.Receipt, err error) ([]recorder.Receipt, error) {
	if err != nil {
		return nil, err
	}
	return []recorder.Receipt{r}, nil
}

// atLine gives problems without a line the line of their entry.
func atLine(line int, err error) error {
	var list problem.List
	if !errors.As(err, &list) {
		return err
	}
	out := make(problem.List, len(list))
	for i, p := range list {
		p.Line = line
		out[i] = p
	}
	return out
}
