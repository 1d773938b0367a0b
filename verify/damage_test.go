package verify_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

// damage is one thing that is made wrong, and exactly what must be told of it.
type damage struct {
	name  string
	log   func(r *verifytest.Record)                    // what a log did that lies
	files func(m fstest.MapFS)                          // what became of the files
	both  func(r *verifytest.Record, m fstest.MapFS)    // the same, by one who has the record
	with  func(r *verifytest.Record, o *verify.Options) // what the user brings
	want  []string                                      // "code file position", sorted
	says  string                                        // what one of the findings must say
}

const size = 600

func change(name string, f func(data []byte) []byte) func(fstest.MapFS) {
	return func(m fstest.MapFS) {
		if m[name] == nil {
			panic("no file " + name)
		}
		m[name] = &fstest.MapFile{Data: f(bytes.Clone(m[name].Data))}
	}
}

func flip(name string, at int) func(fstest.MapFS) {
	return change(name, func(data []byte) []byte {
		data[(at+len(data))%len(data)] ^= 1
		return data
	})
}

func swap(name, from, to string) func(fstest.MapFS) {
	return change(name, func(data []byte) []byte {
		out := bytes.Replace(data, []byte(from), []byte(to), 1)
		if bytes.Equal(out, data) {
			panic("nothing to replace in " + name)
		}
		return out
	})
}

func gone(names ...string) func(fstest.MapFS) {
	return func(m fstest.MapFS) {
		for _, name := range names {
			if m[name] == nil {
				panic("no file " + name)
			}
			delete(m, name)
		}
	}
}

// leaf rewrites a leaf without anybody's signature.
func leaf(position int, from, to string) func(*verifytest.Record) {
	return func(r *verifytest.Record) {
		old := r.Leaves[position-1]
		r.Leaves[position-1] = bytes.Replace(bytes.Clone(old), []byte(from), []byte(to), 1)
		if bytes.Equal(old, r.Leaves[position-1]) {
			panic("nothing to replace in " + string(old))
		}
		delete(r.Notes, size) // the log signs another one
	}
}

// add appends entries as their authors sign them.
func add(entries ...record.Entry) func(*verifytest.Record) {
	return func(r *verifytest.Record) {
		for _, e := range entries {
			r.Add(e)
		}
	}
}

// bundled is where a text stands in the bundle of a position.
func bundled(m fstest.MapFS, name, text string) int {
	at := bytes.Index(m[name].Data, []byte(text))
	if at < 0 {
		panic(text + " is not in " + name)
	}
	return at
}

func flipText(name, text string) func(fstest.MapFS) {
	return func(m fstest.MapFS) { flip(name, bundled(m, name, text))(m) }
}

func all(steps ...func(fstest.MapFS)) func(fstest.MapFS) {
	return func(m fstest.MapFS) {
		for _, s := range steps {
			s(m)
		}
	}
}

// retile makes the tiles and record.jsonl of a mirror from other leaves, but not its checkpoint
// nor the tiles above the leaves where only is true.
func retile(position int, from, to string, only bool) func(*verifytest.Record, fstest.MapFS) {
	return func(r *verifytest.Record, m fstest.MapFS) {
		c := r.Clone()
		leaf(position, from, to)(c)
		for name, f := range c.Mirror() {
			if name == "record.jsonl" || strings.HasPrefix(name, "tile/") && !(only && strings.HasPrefix(name, "tile/1/")) {
				m[name] = f
			}
		}
	}
}

func note(r *verifytest.Record, key *proof.Signer, origin string, size int64, root proof.Hash) []byte {
	data, err := proof.SignCheckpoint(proof.Checkpoint{Origin: origin, Size: size, Root: root}, key)
	if err != nil {
		panic(err)
	}
	return data
}

func keep(name string, of func(r *verifytest.Record) []byte) func(*verifytest.Record, *verify.Options) {
	return func(r *verifytest.Record, o *verify.Options) {
		o.Kept = append(o.Kept, verify.Kept{Name: name, Note: of(r)})
	}
}

func dissent(author, ref, about, party string) record.Entry {
	return record.Entry{Kind: record.KindDissent, Ref: record.Ref(ref), Author: author, Note: record.Text{"en": "No."}, Body: &record.Dissent{About: record.Ref(about), Party: party}}
}

func accepted(author, party string) record.Entry {
	return record.Entry{Kind: record.KindAct, Ref: "accepts-again", Author: author, Happened: "2040-04-01", Body: &record.Act{Bearing: record.Bearing{Agreement: "harbour"}, Act: "accepted", Party: party}}
}

var fileDamages = []damage{
	{name: "no record.json", files: gone("record.json"), want: []string{"missing-file record.json 0"}},
	{name: "record.json is not JSON", files: change("record.json", func([]byte) []byte { return []byte("{") }), want: []string{"bad-face record.json 0"}},
	{name: "record.json is not canonical", files: swap("record.json", `,"origin"`, `, "origin"`), want: []string{"bad-face record.json 0"}},
	{name: "record.json of another origin", files: swap("record.json", `"origin":"mission`, `"origin":"missive`), want: []string{"bad-face record.json 0"}},
	{name: "record.json of a later version", files: swap("record.json", `"version":1`, `"version":2`), want: []string{"bad-face record.json 0"}},
	{name: "record.json too long", files: change("record.json", func(d []byte) []byte { return append(d, make([]byte, 5000)...) }), want: []string{"too-long record.json 0"}},
	{name: "the user trusts another key", with: func(r *verifytest.Record, o *verify.Options) {
		o.LogKey = r.Key(verifytest.Origin, "other", proof.Signing).Verifier().String()
	}, want: []string{"other-key record.json 0", "other-log checkpoint 0", "other-log checkpoints/22 0", "other-log checkpoints/600 0"}},
	{name: "the user's key cannot be read", with: func(_ *verifytest.Record, o *verify.Options) { o.LogKey = "mission" }, want: []string{"bad-key  0"}},
	{name: "no checkpoint", files: gone("checkpoint"), want: []string{"missing-file checkpoint 0"}},
	{name: "the checkpoint is none", files: change("checkpoint", func([]byte) []byte { return []byte("hello\n") }), want: []string{"bad-checkpoint checkpoint 0"}},
	{name: "the log's signature is false", files: change("checkpoint", func(d []byte) []byte {
		at := bytes.Index(d, []byte("— mission.example/harbour-2040 "))
		d[at+60] ^= 1
		return d
	}), want: []string{"forged-checkpoint checkpoint 0"}},
	{name: "bits after the end of the log's signature", files: change("checkpoint", func(d []byte) []byte {
		at := bytes.Index(d, []byte("=\n— witness"))
		d[at-1]++
		return d
	}), want: []string{"forged-checkpoint checkpoint 0"}, says: "bits after the end"},
	{name: "the checkpoint of a younger tree", both: func(r *verifytest.Record, m fstest.MapFS) {
		m["checkpoint"] = &fstest.MapFile{Data: r.Checkpoint(size - 1)}
	}, want: []string{"behind checkpoints/600 0", "long record.jsonl 0", "missing-file tile/0/002.p/87 0", "missing-file tile/entries/002.p/87 513"}},

	{name: "a bundle is missing", files: gone("tile/entries/001"), want: []string{"missing-file tile/entries/001 257"}},
	{name: "a bundle is cut short", files: change("tile/entries/001", func(d []byte) []byte { return d[:len(d)-1] }), want: []string{"bad-bundle tile/entries/001 257"}},
	{name: "a bundle goes on", files: change("tile/entries/001", func(d []byte) []byte { return append(d, 0, 1, 'x') }), want: []string{"bad-bundle tile/entries/001 257"}},
	{name: "a byte of an entry", files: flipText("tile/entries/001", "Shell number 276 "), want: []string{"other-leaf tile/entries/001 300"}},
	{name: "a byte of an entry at the right edge", files: flipText("tile/entries/002.p/88", "Shell number 561 "), want: []string{"other-leaf tile/entries/002.p/88 588"}},
	{name: "a tile is missing", files: gone("tile/0/001"), want: []string{"missing-file tile/0/001 0"}},
	{name: "bundle and tile are missing", files: gone("tile/0/001", "tile/entries/001"), want: []string{"missing-file tile/0/001 0", "missing-file tile/entries/001 257"}},
	{name: "bundle and tile at the right edge are missing", files: gone("tile/0/002.p/88", "tile/entries/002.p/88"), want: []string{"missing-file tile/0/002.p/88 0", "missing-file tile/entries/002.p/88 513"}},
	{name: "bundle, tile and the tile above are missing", files: gone("tile/0/000", "tile/entries/000", "tile/1/000.p/2"), want: []string{"missing-file tile/0/000 0", "missing-file tile/entries/000 1"}},
	{name: "a tile has another width", files: change("tile/0/002.p/88", func(d []byte) []byte { return d[:len(d)-32] }), want: []string{"tile-width tile/0/002.p/88 0"}},
	{name: "a byte of a tile", files: flip("tile/0/001", 77), want: []string{"tile-mismatch tile/0/001 0"}},
	{name: "a byte of the tile at the right edge", files: flip("tile/0/002.p/88", 77), want: []string{"tile-mismatch tile/0/002.p/88 0"}},
	{name: "a byte of a tile above", files: flip("tile/1/000.p/2", 40), want: []string{"tile-mismatch tile/1/000.p/2 0"}, says: "other bytes than the tiles below give: its node 1"},
	{name: "a tile above is missing", files: gone("tile/1/000.p/2"), want: []string{"missing-file tile/1/000.p/2 0"}},
	{name: "a byte of an entry and no tile above", files: all(flipText("tile/entries/001", "Shell number 276 "), gone("tile/1/000.p/2")), want: []string{"in-doubt tile/entries/001 300", "missing-file tile/1/000.p/2 0"}},

	{name: "a line of record.jsonl", files: flipText("record.jsonl", "Shell number 276 "), want: []string{"other-line record.jsonl 300"}},
	{name: "record.jsonl ends early", files: change("record.jsonl", func(d []byte) []byte { return d[:bytes.LastIndexByte(d[:len(d)-1], '\n')+1] }), want: []string{"short record.jsonl 0"}},
	{name: "record.jsonl goes on", files: change("record.jsonl", func(d []byte) []byte { return append(d, "{}\n"...) }), want: []string{"long record.jsonl 0"}},
	{name: "record.jsonl without its last line feed", files: change("record.jsonl", func(d []byte) []byte { return d[:len(d)-1] }), want: []string{"other-line record.jsonl 600"}},

	{name: "a reading", files: flip("readings/b.md", 30), want: []string{"hash-mismatch readings/b.md 10"}},
	{name: "an area is missing", files: gone("areas/harbour.geojson"), want: []string{"missing-file areas/harbour.geojson 7"}},
	{name: "an agreement's text", files: flip("agreements/harbour/harbour.md", 30), want: []string{"hash-mismatch agreements/harbour/harbour.md 8"}},
	{name: "an agreement's translation is missing", files: gone("agreements/harbour/harbour.zh.md"), want: []string{"missing-file agreements/harbour/harbour.zh.md 8"}},
	{name: "an agreement's MANIFEST", files: flip("agreements/harbour/MANIFEST", 3), want: []string{"hash-mismatch agreements/harbour/MANIFEST 8"}},
	{name: "case.hcl", files: swap("case.hcl", `zone   = "Europe/Kyiv"`, `zone   = "Europe/Riga"`), want: []string{"hash-mismatch case.hcl 5"}, says: "not the file that position 5 commits to"},
	{name: "case.hcl is missing", files: gone("case.hcl"), want: []string{"missing-file case.hcl 5"}},
	{name: "a blob", files: func(m fstest.MapFS) { flip(blobOf(m, "a page of the register\n"), 3)(m) }, want: []string{"hash-mismatch blob 16"}},

	{name: "a false cosignature", files: change("checkpoints/22", func(d []byte) []byte {
		at := bytes.Index(d, []byte("— witness.example "))
		d[at+40] ^= 1
		return d
	}), want: []string{"forged-cosignature checkpoints/22 0"}},
	{name: "a checkpoint under another size", files: func(m fstest.MapFS) { m["checkpoints/23"] = m["checkpoints/22"]; delete(m, "checkpoints/22") }, want: []string{"bad-name checkpoints/23 0"}},
	{name: "a file among the checkpoints that is none", files: func(m fstest.MapFS) { m["checkpoints/new"] = m["checkpoints/22"] }, want: []string{"bad-name checkpoints/new 0"}},
	{name: "a damaged checkpoint", files: change("checkpoints/22", func(d []byte) []byte { return d[:20] }), want: []string{"bad-checkpoint checkpoints/22 0"}},
	{name: "the user kept another history", with: keep("mine", func(r *verifytest.Record) []byte { return note(r, r.Log(), verifytest.Origin, 300, proof.Hash{1}) }), want: []string{"two-histories mine 0"}, says: "two histories: of the first 300 entries this checkpoint has the root 01000"},
	{name: "the user kept a later checkpoint", with: keep("mine", func(r *verifytest.Record) []byte { return note(r, r.Log(), verifytest.Origin, 700, proof.Hash{1}) }), want: []string{"behind mine 0"}},
	{name: "the user kept a checkpoint of another record", with: keep("mine", func(r *verifytest.Record) []byte {
		return note(r, r.Key("other.example/x", "log", proof.Signing), "other.example/x", 3, proof.Hash{1})
	}), want: []string{"other-record mine 0"}},
	{name: "the user kept a checkpoint of another key", with: keep("mine", func(r *verifytest.Record) []byte {
		return note(r, r.Key(verifytest.Origin, "other", proof.Signing), verifytest.Origin, 3, proof.Hash{1})
	}), want: []string{"other-log mine 0"}},
	{name: "a witness whose key is no key", with: func(_ *verifytest.Record, o *verify.Options) { o.Witnesses = []string{"w"} }, want: []string{"bad-key  0"}},
}

var rewritten = []damage{
	{name: "bundle and tile rewritten", both: retile(300, "Shell number 276 ", "Shell number 277 ", true), want: []string{"not-signed tile/entries/001 257", "sheet-root tile/entries/000 228"}, says: "the entries at positions 257 to 512 are not those that the log signed"},
	{name: "everything rewritten but the checkpoint", both: retile(300, "Shell number 276 ", "Shell number 277 ", false), want: []string{"other-root checkpoint 0", "sheet-root tile/entries/000 228"}},
	{name: "the right edge rewritten", both: retile(588, "Shell number 561 ", "Shell number 562 ", true), want: []string{"other-root checkpoint 0", "sheet-root tile/entries/002.p/88 531"}},
	{name: "the full tile stands in for the narrow one", both: func(r *verifytest.Record, m fstest.MapFS) {
		for range 200 {
			r.Add(verifytest.Report("desk", 9000+len(r.Leaves)))
		}
		for name, f := range r.Mirror() {
			if strings.HasPrefix(name, "tile/") && !strings.HasPrefix(name, "tile/1/") {
				delete(m, name+".p/88")
				m[name] = f
			}
		}
	}},
}

var logDamages = []damage{
	{name: "a leaf is not canonical", log: leaf(24, `{"entry":{"author"`, `{"entry":{ "author"`), want: []string{"not-canonical tile/entries/000 24"}, says: "byte 11: the envelope is not in its canonical form"},
	{name: "an unknown member", log: leaf(24, `"kind":"report"`, `"kind":"report","more":"x"`), want: []string{"unknown-field tile/entries/000 24"}},
	{name: "recorded backwards", log: leaf(24, `"recorded":"2040-06-01T08:00:24Z"`, `"recorded":"2040-06-01T08:00:22Z"`), want: []string{"recorded-backwards tile/entries/000 24"}},
	{name: "not signed", log: func(r *verifytest.Record) { r.Put(verifytest.Report("desk", 9000), "", 0) }, want: []string{"unsigned tile/entries/002.p/89 601"}},
	{name: "signed by the key before", log: func(r *verifytest.Record) {
		e := verifytest.Report("desk", 9000)
		r.Put(e, r.SignWith(r.Key("desk", "first", proof.Signing), e), 0)
	}, want: []string{"forged tile/entries/002.p/89 601"}},
	{name: "a signature of another entry", log: func(r *verifytest.Record) {
		r.Put(verifytest.Report("desk", 9000), r.Sign(verifytest.Report("desk", 9001)), 0)
	}, want: []string{"forged tile/entries/002.p/89 601"}},
	{name: "an entry rewritten", log: leaf(24, "Shell number 4 ", "Shell number 7 "), want: []string{"forged tile/entries/000 24"}},
	{name: "an author whom nobody admitted", log: add(verifytest.Report("stranger", 9000)), want: []string{"unknown-author tile/entries/002.p/89 601"}},
	{name: "an author who was revoked", log: func(r *verifytest.Record) {
		r.ChangeKey("desk", "revoked", "b.delegation", "B", "first", proof.Signing)
		r.Add(verifytest.Report("b.delegation", 9000))
	}, want: []string{"revoked-author tile/entries/002.p/90 602"}},
	{name: "a cosigner writes", log: add(verifytest.Report("witness.example", 9000)), want: []string{"cosigner tile/entries/002.p/89 601"}},
	{name: "a reference stands twice", log: add(verifytest.Report("desk", 1)), want: []string{"duplicate-ref tile/entries/002.p/89 601"}},
	{name: "a reference of nothing", log: add(dissent("a.delegation", "d", "nowhere", "A")), want: []string{"no-such-entry tile/entries/002.p/89 601"}, says: "nowhere is no entry before this one"},
	{name: "a reference of a later entry", log: add(dissent("a.delegation", "d", "r9000", "A"), verifytest.Report("desk", 9000)), want: []string{"no-such-entry tile/entries/002.p/90 601"}},
	{name: "a reference of another kind", log: add(record.Entry{Kind: record.KindUnlink, Ref: "u", Author: "desk", Body: &record.Unlink{Link: "r1"}}), want: []string{"other-kind tile/entries/002.p/89 601"}},
	{name: "another's entry is retracted", log: add(record.Entry{Kind: record.KindRetraction, Ref: "t", Author: "b.delegation", Body: &record.Retraction{Retracts: "r1", Why: record.Text{"en": "No."}}}), want: []string{"other-author tile/entries/002.p/89 601"}},
	{name: "a sheet lacks entries", log: func(r *verifytest.Record) { r.Leaves = r.Leaves[:len(r.Leaves)-2]; delete(r.Notes, size) }, want: []string{"sheet-short tile/entries/002.p/86 531"}, says: "lacks 2 of its 69 entries"},
	{name: "a sheet is interrupted", log: func(r *verifytest.Record) {
		s := []record.Entry{verifytest.Report("desk", 9000), verifytest.Report("desk", 9001)}
		p := r.Add(r.SheetOf(s...))
		r.Put(s[0], "", p)
		r.Add(verifytest.Report("desk", 9002))
		r.Put(s[1], "", p)
	}, want: []string{"no-sheet tile/entries/002.p/92 604", "sheet-short tile/entries/002.p/92 601"}},
	{name: "an entry under a sheet was rewritten", log: leaf(300, "Shell number 276 ", "Shell number 277 "), want: []string{"sheet-root tile/entries/000 228"}},
	{name: "entries of a sheet in another order", log: func(r *verifytest.Record) {
		s := []record.Entry{verifytest.Report("desk", 9000), verifytest.Report("desk", 9001)}
		p := r.Add(r.SheetOf(s...))
		r.Put(s[1], "", p)
		r.Put(s[0], "", p)
	}, want: []string{"sheet-root tile/entries/002.p/91 601"}},
	{name: "another's entry under a sheet", log: func(r *verifytest.Record) {
		r.Sheet(verifytest.Report("desk", 9000), verifytest.Report("a.delegation", 9001))
	}, want: []string{"other-author tile/entries/002.p/91 603"}},
	{name: "a sheet by nobody", log: func(r *verifytest.Record) { r.Sheet(verifytest.Report("stranger", 9000)) }, want: []string{"unknown-author tile/entries/002.p/90 601"}},
	{name: "a key under a sheet", log: func(r *verifytest.Record) {
		r.Sheet(r.KeyEntry("desk", "admitted", "c.delegation", "C", "first", proof.Signing))
	}, want: []string{"not-under-sheet tile/entries/002.p/90 602"}},
	{name: "under a sheet that is none", log: func(r *verifytest.Record) { r.Put(verifytest.Report("desk", 9000), "", 24) }, want: []string{"no-sheet tile/entries/002.p/89 601"}},
	{name: "under a sheet that has its entries", log: func(r *verifytest.Record) { r.Put(verifytest.Report("a.delegation", 9000), "", 18) }, want: []string{"no-sheet tile/entries/002.p/89 601"}},
	{name: "signed and under a sheet", log: func(r *verifytest.Record) {
		e := verifytest.Report("desk", 9000)
		r.Put(e, r.Sign(e), 18)
	}, want: []string{"signed-twice tile/entries/002.p/89 601"}},
	{name: "a party admits another's key", log: func(r *verifytest.Record) {
		r.Add(r.KeyEntry("a.delegation", "admitted", "c.delegation", "C", "first", proof.Signing))
	}, want: []string{"no-authority tile/entries/002.p/89 601"}},
	{name: "a name is admitted twice", log: func(r *verifytest.Record) {
		r.Add(r.KeyEntry("desk", "admitted", "b.delegation", "B", "second", proof.Signing))
	}, want: []string{"taken-name tile/entries/002.p/89 601"}},
	{name: "a false change of keys takes no effect", log: func(r *verifytest.Record) {
		e := r.KeyEntry("desk", "rotated", "b.delegation", "B", "second", proof.Signing)
		r.Put(e, r.SignWith(r.Key("b.delegation", "second", proof.Signing), e), 0)
		r.Add(verifytest.Report("b.delegation", 9000))
	}, want: []string{"forged tile/entries/002.p/90 601"}},
	{name: "the keeper's last key is revoked", log: func(r *verifytest.Record) {
		r.Add(r.KeyEntry("desk", "revoked", "desk", "mission", "", proof.Signing))
		r.Add(verifytest.Report("desk", 9000))
	}, want: []string{"last-key tile/entries/002.p/90 601"}},
	{name: "a party speaks for the other", log: add(accepted("a.delegation", "B")), want: []string{"foreign-word tile/entries/002.p/89 601"}},
	{name: "the keeper dissents for a party that has a key", log: add(dissent("desk", "d", "r1", "B")), want: []string{"foreign-word tile/entries/002.p/89 601"}},
	{name: "cosigned after the witness was revoked", log: func(r *verifytest.Record) {
		r.ChangeKey("desk", "revoked", "witness.example", "M", "first", proof.Cosigner)
		r.Cosign("witness.example")
	}, want: []string{"unknown-cosigner checkpoint 0", "unknown-cosigner checkpoints/601 0"}, says: "was not admitted at that size"},
	{name: "cosigned with another key", log: func(r *verifytest.Record) {
		var err error
		if r.Notes[size], err = r.Key("witness.example", "second", proof.Cosigner).Cosign(r.Checkpoint(size), r.Now); err != nil {
			panic(err)
		}
	}, want: []string{"unknown-cosigner checkpoint 0", "unknown-cosigner checkpoints/600 0"}, says: "with a key that is not its own"},
	{name: "another history was cosigned", log: func(r *verifytest.Record) { leaf(21, "Shell number 3 ", "Shell number 7 ")(r) }, want: []string{"sheet-root tile/entries/000 18", "two-histories checkpoints/22 0"}},
	{name: "a publication of what comes later", log: add(verifytest.Publication("desk", "p", "rulings", "2040-06-02", 601, judge.Rules, strings.Repeat("0", 64))), want: []string{"late-position tile/entries/002.p/89 601"}},
	{name: "other rulings", log: add(verifytest.Publication("desk", "p", "rulings", "2040-06-02", 600, judge.Rules, strings.Repeat("0", 64))), want: []string{"other-rulings tile/entries/002.p/89 601"}, says: "the rulings computed again differ: published is 000"},
	{name: "other rulings that are there", log: func(r *verifytest.Record) {
		lie := bytes.Replace(r.Rulings(600, "2040-06-02"), []byte(`"classification":"violation"`), []byte(`"classification":"no-violation"`), 1)
		r.Add(verifytest.Publication("desk", "p", "rulings", "2040-06-02", 600, judge.Rules, r.Blob(lie)))
	}, want: []string{"other-rulings tile/entries/002.p/89 601"}, says: "first at report shell, agreement harbour, clause 1, reading text: published is "},
	{name: "rulings without a moment", log: add(verifytest.Publication("desk", "p", "rulings", "", 600, judge.Rules, strings.Repeat("0", 64))), want: []string{"no-moment tile/entries/002.p/89 601"}},
}

func blobOf(m fstest.MapFS, text string) string {
	for name, f := range m {
		if strings.HasPrefix(name, "blobs/") && string(f.Data) == text {
			return name
		}
	}
	panic("no such blob")
}

func TestEveryDamageIsNamedInItsPlace(t *testing.T) {
	base := verifytest.Training(t, size)
	for _, d := range slices.Concat(fileDamages, rewritten, logDamages) {
		t.Run(d.name, func(t *testing.T) {
			r := base.Clone()
			if d.log != nil {
				d.log(r)
			}
			m := r.Mirror()
			switch {
			case d.both != nil:
				d.both(r, m)
			case d.files != nil:
				d.files(m)
			}
			o := verify.Options{LogKey: r.Log().Verifier().String(), Judge: true}
			if d.with != nil {
				d.with(r, &o)
			}
			told(t, verify.Mirror(m, o), d.want, d.says)
		})
	}
}

// told holds the findings to those that are wanted.
func told(t *testing.T, got verify.Report, want []string, says string) {
	t.Helper()
	var list []string
	said := says == ""
	for _, f := range got.Findings {
		file := f.File
		if strings.HasPrefix(file, "blobs/") {
			file = "blob"
		}
		list = append(list, fmt.Sprintf("%s %s %d", f.Code, file, f.Position))
		said = said || strings.Contains(f.What, says)
	}
	slices.Sort(list)
	if diff := cmp.Diff(want, list); diff != "" || !said {
		t.Errorf("want -, got +:\n%s%v\n%v", diff, got.Findings, got.Unchecked)
	}
}
