package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/article"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

func (a *app) applyCommand() *cobra.Command {
	var by signer
	var format string
	c := &cobra.Command{
		Use:   "apply CASE FILE…",
		Short: "Record the proposals that were confirmed in a file",
		Long: `Reads files of proposals and records the rows with decision = "confirm", each article as a
source entry before its first row, its bytes kept in the case's blobs under their hash.

Everything is checked first: each row, with line, column and field of what is wrong, and
the whole case as it would be. Nothing is recorded of a file that has a problem. Rows that
the record holds already are left as they are, so a file can be applied again when more of
it was decided. In a case in files lines are added to record.jsonl; in a record of its own
entries are signed, as 'truceline append' does.`,
		Example: `  truceline press apply cases/valley talks.hcl
  truceline press apply records/valley press/*.hcl --as desk`,
		Args: cobra.MinimumNArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return completeCase(c, args, start)
			}
			return []string{"hcl"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := known("--format", format, []string{"text", "json"}); err != nil {
				return err
			}
			var all []*proposals.Block
			var problems problem.List
			home := map[string]string{} // folder of a source's file
			for _, file := range args[1:] {
				data, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				blocks, err := proposals.Read(file, data)
				problems.Take(err)
				for _, b := range blocks {
					home[b.Ref] = filepath.Dir(file)
				}
				all = append(all, blocks...)
			}
			if err := problems.Err(); err != nil {
				return err
			}
			p := &application{a: a, where: args[0], by: by, original: func(b *proposals.Block) ([]byte, error) {
				return readOriginal(filepath.Join(home[b.Ref], filepath.FromSlash(b.Original)))
			}}
			done, err := p.apply(ctxOf(c), all)
			if err != nil {
				return err
			}
			return a.applied(done, format)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	by.flags(c)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func readOriginal(name string) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // beside the user's own file
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	var b bytes.Buffer
	_, err = b.ReadFrom(&limited{f, article.Most + 1})
	return b.Bytes(), err
}

// limited ends a file that is longer than an article can be.
type limited struct {
	f    *os.File
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("the file is longer than any article")
	}
	n, err := l.f.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// application brings confirmed blocks into a case.
type application struct {
	a        *app
	where    string
	by       signer
	original func(*proposals.Block) ([]byte, error) // the bytes of a source
}

// applications is what came of it.
type applications struct {
	Added    []string `json:"added"` // references, in the order of the record
	There    []string `json:"there"` // that the record held already
	Rejected int      `json:"rejected"`
	Open     int      `json:"open"`
}

func (a *app) applied(d *applications, format string) error {
	if format == "json" {
		return a.json(d)
	}
	for _, ref := range d.Added {
		a.printf("%s\n", ref)
	}
	entries := fmt.Sprintf("%d entries", len(d.Added))
	if len(d.Added) == 1 {
		entries = "1 entry"
	}
	a.printf("%s added, %d were there, %d rejected, %d still open\n", entries, len(d.There), d.Rejected, d.Open)
	return nil
}

// apply checks everything and then records. Where somebody else added to the record while
// it was checked, it is checked anew.
func (p *application) apply(ctx context.Context, blocks []*proposals.Block) (*applications, error) {
	const patience = 5
	for try := 1; ; try++ {
		done, err := p.once(ctx, blocks)
		var one problem.Problem
		if !errors.As(err, &one) || one.Code != "changed" || try == patience {
			return done, err
		}
	}
}

func (p *application) once(ctx context.Context, blocks []*proposals.Block) (*applications, error) {
	done := &applications{Added: []string{}, There: []string{}}
	for _, b := range blocks {
		switch {
		case b.Kind == record.KindSource:
		case b.Decision == proposals.Reject:
			done.Rejected++
		case b.Decision == proposals.Open:
			done.Open++
		}
	}
	if isAddress(p.where) {
		return nil, errors.New("proposals are applied in the folder of a case, where its people and parties are known")
	}
	info, err := os.Stat(p.where)
	if err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s: there is no such case (give the directory that holds case.hcl)", p.where)
	}
	files, err := caseFiles(p.where)
	if err != nil {
		return nil, err
	}
	was, err := fs.ReadFile(files, "record.jsonl")
	if err != nil {
		return nil, err
	}
	envs, err := record.Read(filepath.Join(p.where, "record.jsonl"), was)
	if err != nil {
		return nil, err
	}
	author, err := p.author(envs)
	if err != nil {
		return nil, err
	}
	list, entries, err := proposals.Confirmed(blocks, author)
	if err != nil {
		return nil, err
	}
	list, entries, err = p.fresh(envs, list, entries, done)
	if err != nil || len(list) == 0 {
		return done, err
	}
	lines, err := p.checked(files, was, envs, list, entries)
	if err != nil {
		return nil, err
	}
	if err := p.keepOriginals(ctx, list, entries); err != nil {
		return nil, err
	}
	if isHome(p.where) {
		done.Added, err = p.sign(ctx, entries)
	} else if err = keep.Extend(filepath.Join(p.where, "record.jsonl"), was, lines); err == nil {
		for _, b := range list {
			done.Added = append(done.Added, b.Ref)
		}
	}
	return done, err
}

// author names who applies.
func (p *application) author(envs []record.Envelope) (string, error) {
	if p.by.as != "" {
		return p.by.as, nil
	}
	if p.by.key != "" {
		k, err := keep.LoadKey(p.by.key)
		if err != nil {
			return "", err
		}
		return k.Name(), nil
	}
	if len(envs) == 0 {
		return "", errors.New("--as: name the author: the record has no entry yet whose author it could be")
	}
	if isHome(p.where) { // the keeper, whose key is the first
		return envs[0].Entry.Author, nil
	}
	return envs[len(envs)-1].Entry.Author, nil
}

// fresh leaves out what the record holds already.
func (p *application) fresh(envs []record.Envelope, list []*proposals.Block, entries []record.Entry, done *applications) ([]*proposals.Block, []record.Entry, error) {
	there := map[record.Ref]*record.Entry{}
	for i := range envs {
		there[envs[i].Entry.Ref] = &envs[i].Entry
	}
	var blocks []*proposals.Block
	var fresh []record.Entry
	var problems problem.List
	for i, e := range entries {
		old := there[e.Ref]
		switch {
		case old == nil:
			blocks, fresh = append(blocks, list[i]), append(fresh, e)
		case same(e, *old):
			done.There = append(done.There, string(e.Ref))
		default:
			problems.Add(list[i].At("duplicate-ref", "label", fmt.Sprintf("the record holds another entry %q", e.Ref), "give it another reference, or correct the entry that is there: truceline append takes corrections"))
		}
	}
	return blocks, fresh, problems.Err()
}

// same tells whether two entries say the same, whoever their author is; of a source its
// bytes decide.
func same(e, old record.Entry) bool {
	if s, ok := e.Body.(*record.Source); ok && s.Hash != "" {
		o, ok := old.Body.(*record.Source)
		return ok && o.Hash == s.Hash
	}
	e.Author = old.Author
	x, err := record.IDOf(e)
	y, bad := record.IDOf(old)
	return err == nil && bad == nil && x == y
}

// checked gives the lines to be added, the case having been checked with them.
func (p *application) checked(files fs.FS, was []byte, envs []record.Envelope, list []*proposals.Block, entries []record.Entry) ([]byte, error) {
	recorded := p.a.now().UTC().Truncate(time.Second).Format(time.RFC3339)
	if n := len(envs); n > 0 {
		if last := envs[n-1].Recorded; last == "" || last > recorded { // nothing runs backwards
			recorded = last
		}
	}
	fresh := make([]record.Envelope, len(entries))
	for i, e := range entries {
		fresh[i] = record.Envelope{Entry: e, Recorded: recorded}
	}
	lines, err := record.Write(fresh)
	if err != nil {
		return nil, err
	}
	if len(was) > 0 && was[len(was)-1] != '\n' {
		was = append(bytes.Clone(was), '\n')
	}
	_, err = casefile.Load(&mirror.CaseFiles{Folder: files, Record: append(bytes.Clone(was), lines...)})
	var found problem.List
	if !errors.As(err, &found) {
		return lines, err
	}
	out := make(problem.List, len(found))
	for i, one := range found {
		n := one.Line - len(envs) - 1
		if one.File == "record.jsonl" && n >= 0 && n < len(list) {
			out[i] = list[n].At(one.Code, strings.TrimPrefix(one.Field, "entry."), one.What, one.Mend)
			continue
		}
		if one.File != "" {
			one.File = filepath.Join(p.where, one.File)
		}
		out[i] = one
	}
	return nil, out
}

// keepOriginals brings the bytes of the sources into the case, each held to its hash before
// any is kept.
func (p *application) keepOriginals(ctx context.Context, list []*proposals.Block, entries []record.Entry) error {
	blobs := keep.Blobs{Dir: filepath.Join(p.where, "blobs"), Any: true}
	data := map[int][]byte{}
	var problems problem.List
	for i, b := range list {
		s, ok := entries[i].Body.(*record.Source)
		if !ok || s.Hash == "" {
			continue
		}
		if b.Original == "" {
			if err := blobs.Verify(s.Hash); err != nil {
				problems.Add(b.At("no-original", "original", "the case does not keep the article's bytes: "+err.Error(), "name the file that holds them"))
			}
			continue
		}
		got, err := p.original(b)
		if err != nil {
			problems.Add(b.At("no-original", "original", err.Error(), "put the file with the article's bytes beside the proposals"))
			continue
		}
		if sum := sha256.Sum256(got); hex.EncodeToString(sum[:]) != s.Hash {
			problems.Add(b.At("wrong-hash", "original", fmt.Sprintf("%s holds other bytes than those that were read", b.Original), "put back the file as it was, or propose anew"))
		}
		data[i] = got
	}
	if err := problems.Err(); err != nil {
		return err
	}
	for i := range list {
		if data[i] == nil {
			continue
		}
		if err := p.keepBlob(ctx, blobs, data[i], entries[i].Author, string(entries[i].Ref)); err != nil {
			return err
		}
	}
	return nil
}

// keepBlob keeps bytes and logs their receipt once.
func (p *application) keepBlob(ctx context.Context, blobs keep.Blobs, data []byte, by, note string) error {
	b, err := blobs.Put(ctx, bytes.NewReader(data), article.Most)
	if err != nil || b.Old {
		return err
	}
	custody := keep.Custody{File: filepath.Join(p.where, "custody.jsonl")}
	return custody.Add(p.a.now(), keep.Event{By: by, Event: "received", What: b.Hash, Size: b.Size, Type: b.Type, Note: note})
}

// sign records entries in a record of its own.
func (p *application) sign(ctx context.Context, entries []record.Entry) ([]string, error) {
	list := make([]given, len(entries))
	for i, e := range entries {
		l, err := record.Submission(e, "")
		if err != nil {
			return nil, err
		}
		list[i] = given{leaf: l, line: i + 1}
	}
	t, err := p.a.target(ctx, p.where, p.by.store)
	if err != nil {
		return nil, err
	}
	defer t.close()
	refs := []string{}
	s := p.a.signing(p.where, t, p.by.key)
	s.told = func(got []recorder.Receipt) error {
		for _, r := range got {
			refs = append(refs, string(r.Ref))
		}
		return nil
	}
	_, err = s.all(ctx, list)
	return refs, err
}
