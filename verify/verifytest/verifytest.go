// Package verifytest makes records with everything that a mirror has, in memory: keys,
// sheets, cosignatures, blobs and an invented case of two parties and a mediator. The same
// calls give the same bytes. It also makes what no honest recorder would: leaves as they
// are given.
package verifytest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
)

//go:embed case
var training embed.FS

// Origin is that of the records made here.
const Origin = "mission.example/harbour-2040"

// Record is a record in the making. Its fields may be changed before Mirror is called.
type Record struct {
	Files  fstest.MapFS     // of the case, with blobs
	Leaves [][]byte         // the canonical envelopes
	Notes  map[int64][]byte // cosigned checkpoints, by size
	Now    time.Time        // of the next recording

	t    testing.TB
	keys map[string]*proof.Signer // by what they sign with and a label
	uses map[string]string        // the label of the key that a name stands for
}

// New begins an empty record of the invented case.
func New(t testing.TB) *Record {
	t.Helper()
	r := &Record{
		Files: fstest.MapFS{}, Notes: map[int64][]byte{}, Now: time.Date(2040, 6, 1, 8, 0, 0, 0, time.UTC),
		t: t, keys: map[string]*proof.Signer{}, uses: map[string]string{},
	}
	err := fs.WalkDir(training, "case", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == "case/record.jsonl" {
			return err
		}
		data, err := fs.ReadFile(training, name)
		r.Files[name[len("case/"):]] = &fstest.MapFile{Data: data}
		return err
	})
	r.must(err)
	return r
}

func (r *Record) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// Key gives the key of a name. Other labels give other keys of the same name.
func (r *Record) Key(name, label string, a proof.Algorithm) *proof.Signer {
	r.t.Helper()
	id := fmt.Sprintf("%d %s %s", a, name, label)
	if k := r.keys[id]; k != nil {
		return k
	}
	seed := sha256.Sum256([]byte(id))
	public := append([]byte{byte(a)}, ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)...) //nolint:forcetypeassert // by contract
	hash := sha256.Sum256(append([]byte(name+"\n"), public...))
	k, err := proof.ParseSigner("PRIVATE+KEY+" + name + "+" + hex.EncodeToString(hash[:4]) + "+" + base64.StdEncoding.EncodeToString(append([]byte{byte(a)}, seed[:]...)))
	r.must(err)
	r.keys[id] = k
	return k
}

// Log gives the log's key.
func (r *Record) Log() *proof.Signer { return r.Key(Origin, "log", proof.Signing) }

// KeyEntry makes an entry that admits or rotates the key of a name to that of a label.
func (r *Record) KeyEntry(author, event, name, holder, label string, a proof.Algorithm) record.Entry {
	r.t.Helper()
	b := &record.Key{Name: name, Event: event, Holder: holder, Authority: record.Text{"en": "by letter"}}
	if event != "revoked" {
		b.PublicKey = r.Key(name, label, a).Verifier().String()
	}
	return record.Entry{Kind: record.KindKey, Ref: record.Ref(fmt.Sprintf("key-%s-%s-%d", name, event, len(r.Leaves)+1)), Author: author, Body: b}
}

// ChangeKey records such an entry; what the author signs later is signed with the new key.
func (r *Record) ChangeKey(author, event, name, holder, label string, a proof.Algorithm) int {
	r.t.Helper()
	if _, first := r.uses[name]; !first {
		r.uses[name] = label
	}
	p := r.Add(r.KeyEntry(author, event, name, holder, label, a))
	r.uses[name] = label
	return p
}

// Sign gives a signature of an entry by the key that its author's name stands for.
func (r *Record) Sign(e record.Entry) string {
	r.t.Helper()
	return r.SignWith(r.Key(e.Author, r.uses[e.Author], proof.Signing), e)
}

// SignWith gives a signature by another key.
func (r *Record) SignWith(k *proof.Signer, e record.Entry) string {
	r.t.Helper()
	raw, err := k.Sign(record.SignedText(Origin, r.identity(e)))
	r.must(err)
	return base64.StdEncoding.EncodeToString(raw)
}

func (r *Record) identity(e record.Entry) [32]byte {
	r.t.Helper()
	data, err := record.Canonical(e)
	r.must(err)
	return sha256.Sum256(data)
}

// Add records an entry under its author's signature and gives its position.
func (r *Record) Add(e record.Entry) int {
	r.t.Helper()
	return r.Put(e, r.Sign(e), 0)
}

// Put records an entry with what is to vouch for it, right or wrong.
func (r *Record) Put(e record.Entry, signature string, sheet int) int {
	r.t.Helper()
	data, err := record.Canonical(e)
	r.must(err)
	r.Now = r.Now.Add(time.Second)
	r.Leaves = append(r.Leaves, record.AppendEnvelope(nil, data, r.Now.Format("2006-01-02T15:04:05Z"), signature, sheet))
	return len(r.Leaves)
}

// SheetOf makes the entry of a sheet over entries.
func (r *Record) SheetOf(entries ...record.Entry) record.Entry {
	r.t.Helper()
	ids := make([]proof.Hash, len(entries))
	for i, e := range entries {
		id := r.identity(e)
		ids[i] = proof.LeafHash(id[:])
	}
	root := proof.Root(ids)
	return record.Entry{Kind: record.KindSheet, Ref: "sheet-" + entries[0].Ref, Author: entries[0].Author, Body: &record.Sheet{Count: len(entries), Root: hex.EncodeToString(root[:])}}
}

// Sheet records a sheet and the entries under it; the position is that of the sheet.
func (r *Record) Sheet(entries ...record.Entry) int {
	r.t.Helper()
	sheet := r.Add(r.SheetOf(entries...))
	for _, e := range entries {
		r.Put(e, "", sheet)
	}
	return sheet
}

// Report makes an invented report by an author.
func Report(author string, n int) record.Entry {
	return record.Entry{
		Kind: record.KindReport, Ref: record.Ref(fmt.Sprintf("r%d", n)), Author: author, Happened: fmt.Sprintf("2040-03-%02dT%02d:%02d", 5+n/1440%20, n/60%24, n%60),
		SaidBy: &record.Voice{Party: "A", Institution: record.Text{"en": "Port authority"}}, Summary: record.Text{"en": fmt.Sprintf("Shell number %d fell into the harbour.", n)},
		Body: &record.Report{Act: "attack/artillery", Domain: "land", Actor: &record.Actor{Party: "B"}, Place: &record.Place{Within: []string{"harbour"}}},
	}
}

// Blob keeps a blob and gives its hash.
func (r *Record) Blob(data []byte) string {
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	r.Files["blobs/"+hash[:2]+"/"+hash] = &fstest.MapFile{Data: data}
	return hash
}

// Source makes an entry that names a blob.
func Source(author, ref, hash string) record.Entry {
	return record.Entry{
		Kind: record.KindSource, Ref: record.Ref(ref), Author: author, Public: "2040-03-01", Summary: record.Text{"en": "A page of the register."},
		Body: &record.Source{Form: "web-page", Hash: hash},
	}
}

// Publication makes an entry that commits to what was published.
func Publication(author, ref, what, happened string, position int, rules, hash string) record.Entry {
	return record.Entry{Kind: record.KindPublication, Ref: record.Ref(ref), Author: author, Happened: happened, Body: &record.Publication{What: what, Position: position, Rules: rules, Hash: hash}}
}

// BindCase records which case.hcl holds.
func (r *Record) BindCase(ref string) int {
	sum := sha256.Sum256(r.Files["case.hcl"].Data)
	return r.Add(Publication("desk", ref, "case", "2040-06-01", len(r.Leaves), judge.Rules, hex.EncodeToString(sum[:])))
}

// Rulings gives the rulings of the record as it is now, for a moment.
func (r *Record) Rulings(position int, happened string) []byte {
	r.t.Helper()
	c, err := casefile.LoadLeaves(r.Files, r.Leaves)
	r.must(err)
	at, err := moment.Parse(happened, c.Zone)
	r.must(err)
	out, err := verify.Rulings(c, position, at.Latest())
	r.must(err)
	return out
}

// Publish records a publication of the rulings of everything that is recorded.
func (r *Record) Publish(ref, happened string) int {
	r.t.Helper()
	n := len(r.Leaves)
	return r.Add(Publication("desk", ref, "rulings", happened, n, judge.Rules, r.Blob(r.Rulings(n, happened))))
}

// Tree gives the root over the first leaves, and every tile of them.
func (r *Record) Tree(size int) (proof.Hash, []proof.Tile) {
	r.t.Helper()
	b, err := proof.NewBuilder(0, nil)
	r.must(err)
	for _, leaf := range r.Leaves[:size] {
		b.Append(proof.LeafHash(leaf))
	}
	return b.Root(), b.Changed()
}

// Checkpoint gives the signed checkpoint of the first leaves.
func (r *Record) Checkpoint(size int) []byte {
	r.t.Helper()
	root, _ := r.Tree(size)
	note, err := proof.SignCheckpoint(proof.Checkpoint{Origin: Origin, Size: int64(size), Root: root}, r.Log())
	r.must(err)
	return note
}

// Cosign cosigns the present checkpoint with the keys of cosigners and keeps it.
func (r *Record) Cosign(names ...string) {
	r.t.Helper()
	note := r.Checkpoint(len(r.Leaves))
	for _, name := range names {
		var err error
		note, err = r.Key(name, r.uses[name], proof.Cosigner).Cosign(note, r.Now)
		r.must(err)
	}
	r.Notes[int64(len(r.Leaves))] = note
}

// Mirror gives the mirror of the record as files.
func (r *Record) Mirror() fstest.MapFS {
	r.t.Helper()
	files := fstest.MapFS{}
	put := func(name string, data []byte) { files[name] = &fstest.MapFile{Data: data} }
	for name, f := range r.Files {
		put(name, append([]byte(nil), f.Data...))
	}
	face, err := record.CanonicalJSON(fmt.Appendf(nil, `{"key":%q,"origin":%q,"version":1}`, r.Log().Verifier(), Origin))
	r.must(err)
	put("record.json", face)
	note := r.Notes[int64(len(r.Leaves))]
	if note == nil {
		note = r.Checkpoint(len(r.Leaves))
	}
	put("checkpoint", note)
	for size, note := range r.Notes {
		put(fmt.Sprintf("checkpoints/%d", size), append([]byte(nil), note...))
	}
	_, tiles := r.Tree(len(r.Leaves))
	for _, tile := range tiles {
		put(proof.TilePath(tile.Level, tile.Index, tile.Width), tile.Data)
	}
	var all []byte
	for from := 0; from < len(r.Leaves); from += proof.TileWidth {
		var bundle []byte
		some := r.Leaves[from:min(from+proof.TileWidth, len(r.Leaves))]
		for _, leaf := range some {
			bundle = proof.AppendBundle(bundle, leaf)
			all = append(append(all, leaf...), '\n')
		}
		put(proof.EntriesPath(int64(from/proof.TileWidth), len(some)), bundle)
	}
	put("record.jsonl", all)
	return files
}

// Training gives a record with everything in it: keys of the keeper, of both parties
// and of a witness, the invented case, a sheet, blobs there and lacking, a rotated key,
// published rulings and cosigned checkpoints; and then reports on sheets, up to a size.
func Training(t testing.TB, size int) *Record {
	t.Helper()
	r := New(t)
	r.ChangeKey("desk", "admitted", "desk", "mission", "first", proof.Signing)
	r.ChangeKey("desk", "admitted", "a.delegation", "A", "first", proof.Signing)
	r.ChangeKey("desk", "admitted", "b.delegation", "B", "first", proof.Signing)
	r.ChangeKey("desk", "admitted", "witness.example", "M", "first", proof.Cosigner)
	r.BindCase("case-1")
	data, err := fs.ReadFile(training, "case/record.jsonl")
	r.must(err)
	envs, err := record.Read("record.jsonl", data)
	r.must(err)
	for _, env := range envs { // positions 6 to 15
		r.Add(env.Entry)
	}
	r.Add(Source("desk", "register", r.Blob([]byte("a page of the register\n"))))
	r.Add(Source("desk", "lost", "00"+hex.EncodeToString(make([]byte, 31))))
	r.Sheet(Report("a.delegation", 1), Report("a.delegation", 2), Report("a.delegation", 3)) // 18
	r.Add(record.Entry{Kind: record.KindDissent, Ref: "b-dissents", Author: "b.delegation", Note: record.Text{"en": "Not our shells."}, Body: &record.Dissent{About: "r1", Party: "B"}})
	r.Cosign("witness.example") // 22
	r.ChangeKey("desk", "rotated", "desk", "mission", "second", proof.Signing)
	r.Add(Report("desk", 4))
	r.Publish("rulings-1", "2040-06-01T12:00Z") // 25
	for n := 5; len(r.Leaves) < size; {
		var entries []record.Entry
		for len(r.Leaves)+1+len(entries) < size && len(entries) < 100 || len(entries) == 0 {
			entries = append(entries, Report("a.delegation", n))
			n++
		}
		r.Sheet(entries...)
	}
	r.Cosign("witness.example")
	return r
}

// Clone gives a record that can be changed apart from this one.
func (r *Record) Clone() *Record {
	c := *r
	c.Files, c.Leaves, c.Notes, c.keys, c.uses = maps.Clone(r.Files), slices.Clone(r.Leaves), maps.Clone(r.Notes), maps.Clone(r.keys), maps.Clone(r.uses)
	return &c
}
