package verify_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

// Any byte of any file of a mirror may be changed: it is told, whatever it was, and so is
// the file or the entry that holds it.
func TestAnyOtherByteIsFound(t *testing.T) {
	r := verifytest.Training(t, 300)
	m := r.Mirror()
	names := slices.Sorted(maps.Keys(m))
	o := verify.Options{LogKey: r.Log().Verifier().String()}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "file")
		data := bytes.Clone(m[name].Data)
		at := rapid.IntRange(0, len(data)-1).Draw(t, "at")
		data[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if rest := data[at+1:]; strings.HasPrefix(name, "checkpoint") && bytes.HasPrefix(rest, []byte("==\n")) {
			return // a cosignature's base64 has four bits after its end, which say nothing
		}
		changed := maps.Clone(m)
		changed[name] = &fstest.MapFile{Data: data}
		got := verify.Mirror(changed, o)
		if got.Whole() {
			t.Fatalf("byte %d of %s was changed and nothing is told: %+v", at, name, got)
		}
		for _, f := range got.Findings {
			if f.File == name || strings.HasPrefix(name, "checkpoint") && strings.HasPrefix(f.File, "checkpoint") {
				return
			}
		}
		t.Errorf("byte %d of %s was changed and only this is told: %v", at, name, got.Findings)
	})
}

// Any file may be lacking: it is told, unless it is one that a mirror may lack.
func TestAnyLackingFileIsFound(t *testing.T) {
	r := verifytest.Training(t, 600)
	m := r.Mirror()
	for name := range m {
		part := maps.Clone(m)
		delete(part, name)
		got := verify.Mirror(part, verify.Options{LogKey: r.Log().Verifier().String()})
		optional := name == "record.jsonl" || strings.HasPrefix(name, "blobs/") || strings.HasPrefix(name, "checkpoints/")
		if got.Whole() != optional {
			t.Errorf("%s is taken away: %v", name, got.Findings)
		}
	}
}

// The order in which a pool takes its work does not show.
func TestParallelWorkGivesTheSameReport(t *testing.T) {
	base := verifytest.Training(t, 600)
	for _, d := range slices.Concat(fileDamages, rewritten, logDamages)[:20] {
		r := base.Clone()
		if d.log != nil {
			d.log(r)
		}
		m := r.Mirror()
		if d.files != nil {
			d.files(m)
		}
		one := verify.Mirror(m, verify.Options{Judge: true})
		two := verify.Mirror(m, verify.Options{Judge: true, Each: pool})
		if fmt.Sprint(one) != fmt.Sprint(two) {
			t.Errorf("%s:\n%v\n%v", d.name, one, two)
		}
	}
}

func TestWhatIsTakenOnTrustIsSaid(t *testing.T) {
	r := verifytest.Training(t, 25)
	got := verify.Mirror(r.Mirror(), verify.Options{})
	if !got.Whole() || len(got.Trust) != 1 || got.Trust[0].Code != "log-key" || !strings.Contains(got.Trust[0].What, r.Log().Verifier().String()) {
		t.Errorf("%+v", got)
	}
	if len(got.Unchecked) != 1 || got.Unchecked[0].Position != 25 || !strings.Contains(got.Unchecked[0].What, "not asked for") {
		t.Errorf("not asked to judge: %v", got.Unchecked)
	}
}

func TestWhatCannotBeCheckedIsSaid(t *testing.T) {
	r := verifytest.Training(t, 25)
	r.Add(verifytest.Publication("desk", "p1", "rulings", "2040-06-02", 25, "truceline-rules/9", strings.Repeat("0", 64)))
	r.Add(verifytest.Publication("desk", "p2", "digest", "2040-06-02", 25, "truceline-rules/1", strings.Repeat("0", 64)))
	r.Add(verifytest.Publication("desk", "p3", "rulings", "2040-06-02", 25, "truceline-rules/1", strings.Repeat("0", 64)))
	r.Files["case.hcl"] = &fstest.MapFile{Data: append(bytes.Clone(r.Files["case.hcl"].Data), '\n')}
	r.BindCase("case-2")
	var err error
	size := int64(len(r.Leaves))
	if r.Notes[size], err = r.Key("elsewhere.example", "", proof.Cosigner).Cosign(r.Checkpoint(int(size)), r.Now); err != nil {
		t.Fatal(err)
	}
	o := verify.Options{LogKey: r.Log().Verifier().String(), Judge: true}
	got := verify.Mirror(r.Mirror(), o)
	var says []string
	for _, f := range got.Unchecked {
		says = append(says, fmt.Sprintf("%s %d %s", f.Code, f.Position, f.What))
	}
	for i, want := range []string{
		"cosignature 0 the signature of elsewhere.example: no key of it was admitted or given",
		"cosignature 0 the signature of elsewhere.example: no key of it was admitted or given",
		"publication 26 rules truceline-rules/9 are not those of this program (truceline-rules/1)",
		`publication 27 what was published as "digest" is not computed by this program`,
		"publication 28 its rulings come out otherwise, and case.hcl was changed since, at position 29",
	} {
		if i >= len(says) || says[i] != want {
			t.Errorf("%d: want %q in\n%s", i, want, strings.Join(says, "\n"))
		}
	}
	if !got.Whole() {
		t.Error(got.Findings)
	}
	o.Witnesses = []string{r.Key("elsewhere.example", "", proof.Cosigner).Verifier().String()}
	if got := verify.Mirror(r.Mirror(), o); got.Cosignatures != 3 || !got.Whole() {
		t.Errorf("with the witness's key: %d cosignatures, %v", got.Cosignatures, got.Findings)
	}
}

func TestAnEmptyRecordIsWhole(t *testing.T) {
	r := verifytest.New(t)
	got := verify.Mirror(r.Mirror(), verify.Options{LogKey: r.Log().Verifier().String(), Judge: true})
	if !got.Whole() || got.Entries != 0 || len(got.Unchecked) != 1 || got.Unchecked[0].File != "case.hcl" {
		t.Errorf("%+v", got)
	}
	m := r.Mirror()
	m["checkpoint"] = &fstest.MapFile{Data: note(r, r.Log(), verifytest.Origin, 0, proof.Hash{1})}
	if got := verify.Mirror(m, verify.Options{}); len(got.Findings) != 1 || got.Findings[0].Code != "other-root" {
		t.Errorf("an empty tree with a root of its own: %v", got.Findings)
	}
}

// Findings are bounded, and counted beyond.
func TestFindingsAreBounded(t *testing.T) {
	r := verifytest.Training(t, 25)
	for n := range 300 {
		e := verifytest.Report("desk", 9000+n)
		r.Put(e, r.SignWith(r.Key("desk", "first", proof.Signing), e), 0)
	}
	got := verify.Mirror(r.Mirror(), verify.Options{})
	if len(got.Findings) != 200 || got.More != 100 || got.Findings[0].Position != 26 || got.Findings[199].Position != 225 {
		t.Errorf("%d findings and %d more, from %d to %d", len(got.Findings), got.More, got.Findings[0].Position, got.Findings[len(got.Findings)-1].Position)
	}
}

// A checkpoint that claims a tree without end does not keep the verifier for long.
func TestAnEndlessTreeIsGivenUp(t *testing.T) {
	r := verifytest.Training(t, 25)
	m := r.Mirror()
	m["checkpoint"] = &fstest.MapFile{Data: note(r, r.Log(), verifytest.Origin, 1<<45, proof.Hash{1})}
	got := verify.Mirror(m, verify.Options{Each: pool})
	if len(got.Findings) != 200 || got.More == 0 {
		t.Errorf("%d findings and %d more", len(got.Findings), got.More)
	}
}

func FuzzMirror(f *testing.F) {
	r := verifytest.Training(f, 25)
	m := r.Mirror()
	const face, head, bundle, tile, jsonl = "record.json", "checkpoint", "tile/entries/000.p/25", "tile/0/000.p/25", "record.jsonl"
	f.Add(m[face].Data, m[head].Data, m[bundle].Data, m[tile].Data, m[jsonl].Data, m["checkpoints/22"].Data)
	f.Add([]byte("{}"), []byte("o\n9223372036854775807\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— o AAAA\n"), []byte{0, 1}, []byte{}, []byte("\n\n"), []byte(""))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g []byte) {
		files := maps.Clone(m)
		for name, data := range map[string][]byte{face: a, head: b, bundle: c, tile: d, jsonl: e, "checkpoints/22": g} {
			files[name] = &fstest.MapFile{Data: data}
		}
		got := verify.Mirror(files, verify.Options{Kept: []verify.Kept{{Name: "mine", Note: g}}})
		if len(got.Findings) > 200 || got.More > 0 && len(got.Findings) < 200 {
			t.Errorf("%d findings and %d more", len(got.Findings), got.More)
		}
	})
}

// site is a mirror behind an address: files can be had, folders cannot be listed.
type site struct{ m fstest.MapFS }

func (s site) Open(name string) (fs.File, error) {
	f, err := s.m.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f, nil
}

func TestAMirrorThatCannotBeListedIsVerifiedToo(t *testing.T) {
	r := verifytest.Training(t, 300)
	got := verify.Mirror(site{r.Mirror()}, verify.Options{LogKey: r.Log().Verifier().String(), Judge: true})
	if !got.Whole() || got.Judged != 1 || got.Cosignatures != 1 {
		t.Errorf("%+v", got)
	}
}

// A bundle that is lacking hides what it held, and blames nobody after it.
func TestWhatALackingBundleHidesIsNotBlamedOnOthers(t *testing.T) {
	r := verifytest.Training(t, 600)
	r.Add(dissent("b.delegation", "d", "r1", "B")) // whose key, and what it is about, are in the first bundle
	r.ChangeKey("desk", "rotated", "b.delegation", "B", "second", proof.Signing)
	m := r.Mirror()
	delete(m, "tile/entries/000")
	got := verify.Mirror(m, verify.Options{LogKey: r.Log().Verifier().String(), Judge: true})
	told(t, got, []string{"missing-file tile/entries/000 1"}, "")
	codes := map[string]bool{}
	for _, f := range got.Unchecked {
		codes[f.Code] = true
	}
	for _, code := range []string{"references", "signatures", "case"} {
		if !codes[code] {
			t.Errorf("%s is not said to be unchecked: %v", code, got.Unchecked)
		}
	}
}
