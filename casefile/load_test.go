package casefile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
)

// training gives the invented case as files in memory, free to be changed.
func training(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/training")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// seal brings the MANIFEST and the hashes in the record up to date after the
// files were changed from what before holds.
func seal(t testing.TB, before, files fstest.MapFS) {
	t.Helper()
	dir := "agreements/harbour"
	text, _, err := casefile.Manifest(files, dir)
	if err != nil {
		t.Fatal(err)
	}
	files[dir+"/MANIFEST"] = &fstest.MapFile{Data: text}
	lines := files["record.jsonl"].Data
	for name, old := range before {
		if now := files[name]; now != nil && name != "record.jsonl" {
			lines = bytes.ReplaceAll(lines, []byte(sum(old.Data)), []byte(sum(now.Data)))
		}
	}
	files["record.jsonl"] = &fstest.MapFile{Data: lines}
}

// change replaces the only occurrence of a text in a file.
func change(t testing.TB, files fstest.MapFS, name, from, to string) {
	t.Helper()
	data := string(files[name].Data)
	if strings.Count(data, from) != 1 {
		t.Fatalf("%q stands %d times in %s", from, strings.Count(data, from), name)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(data, from, to, 1))}
}

func TestTrainingCaseLoads(t *testing.T) {
	c, err := casefile.Load(training(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) > 0 {
		t.Errorf("warnings: %v", c.Warnings)
	}
	if c.ID != "harbour" || c.Zone.String() != "Europe/Kyiv" || len(c.Entries) != 10 || len(c.Versions) != 1 || len(c.Readings) != 1 || len(c.Areas) != 1 {
		t.Errorf("case %+v", c)
	}
	if got, want := c.World.String(), "[2039-12-31T22:00:00Z, 2040-12-31T22:00:00Z)"; got != want {
		t.Errorf("world %s, want %s: the last day belongs to it", got, want)
	}
	if v := c.Versions[0]; v.Entry != 3 || v.ID != "harbour" || v.Version != sum(training(t)["agreements/harbour/MANIFEST"].Data) {
		t.Errorf("version %+v", v)
	}
	if r := c.Readings[0]; r.Entry != 5 || r.Holder != "B" {
		t.Errorf("reading %+v", r)
	}
	if a := c.Areas["harbour"]; a.Entry != 2 || a.Name["zh"] != "港口" || a.ID != "harbour" {
		t.Errorf("area %+v", a)
	}
	e := c.Entry("b-says")
	if e == nil || e.Position != 4 || e.Happened.Earliest() != e.Public.Earliest() {
		t.Fatalf("entry %+v", e)
	}
	if at := e.Happened.Earliest().String(); at != "2040-03-02T07:00:00Z" {
		t.Errorf("a time without a zone is read in the case's: %s", at)
	}
	if c.Entry("nobody") != nil {
		t.Error("an entry that is not there was found")
	}
	byHand := &casefile.Case{Entries: c.Entries}
	if byHand.Entry("call") == nil || byHand.Entry("nobody") != nil {
		t.Error("a case made by hand does not find its entries")
	}
}

func TestNeverPublic(t *testing.T) {
	files := training(t)
	change(t, files, "record.jsonl", `"happened":"2040-03-03"`, `"happened":"2040-03-03","public":"never"`)
	c, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if e := c.Entry("a-accepts"); !e.Never || !e.Public.IsZero() || e.Happened.Precision() != moment.Day {
		t.Errorf("%+v", e)
	}
}

// fault is a problem that must be told: its file, a text that stands at its place,
// and how it begins. Without the text only the file is looked at.
type fault struct{ file, at, says string }

// place gives ":line:column: " of the first occurrence of a text.
func place(t *testing.T, data []byte, text string) string {
	t.Helper()
	if text == "" {
		return ":"
	}
	i := bytes.Index(data, []byte(text))
	if i < 0 {
		t.Fatalf("%q stands nowhere", text)
	}
	return fmt.Sprintf(":%d:%d: ", 1+bytes.Count(data[:i], []byte("\n")), i-bytes.LastIndexByte(data[:i], '\n'))
}

// TestEveryFaultIsToldWithItsPlace changes one thing in the case and wants exactly
// the problems that follow from it.
func TestEveryFaultIsToldWithItsPlace(t *testing.T) {
	const (
		h = "case.hcl"
		r = "record.jsonl"
		m = "agreements/harbour/harbour.md"
		b = "readings/b.md"
		a = "areas/harbour.geojson"
	)
	tests := []struct {
		name, file, from, to string
		want                 []fault
	}{
		{"unknown party", r, `"said_by":{"party":"B","person":"doe"`, `"said_by":{"party":"BB","person":"doe"`, []fault{
			{r, `"BB"`, `entry.said_by.party: there is no party "BB" in this case (did you mean "B"?)`},
		}},
		{"unknown person", r, `"person":"roe"`, `"person":"reo"`, []fault{
			{r, `"reo"`, `entry.body.between[0].person: there is no person "reo" in this case (did you mean "roe"?)`},
		}},
		{"spelling for an id", r, `"person":"roe"`, `"person":"Richard  ROE"`, []fault{
			{r, `"Richard  ROE"`, `entry.body.between[0].person: "Richard  ROE" is a spelling, not an id (write "roe")`},
		}},
		{"unknown series", r, `"series":"heads-of-service"`, `"series":"heads-of-servise"`, []fault{
			{r, `"heads-of-servise"`, `entry.body.series: there is no series of contacts "heads-of-servise" in this case (did you mean "heads-of-service"?)`},
		}},
		{"unknown agreement", r, `"body":{"agreement":"harbour","act":"condition-met"`, `"body":{"agreement":"harbur","act":"condition-met"`, []fault{
			{r, `"harbur"`, `entry.body.agreement: there is no agreement "harbur" in this case (did you mean "harbour"?)`},
		}},
		{"unknown clause", r, `"clause":"1"`, `"clause":"2c"`, []fault{
			{r, `"2c"`, `entry.body.about[0].clause: there is no clause "2c" in this case (did you mean "2"?)`},
		}},
		{"unknown condition", r, `"condition":"mines-cleared"`, `"condition":"mine-cleared"`, []fault{
			{r, `"mine-cleared"`, `entry.body.condition: there is no condition "mine-cleared" in this case (did you mean "mines-cleared"?)`},
		}},
		{"unknown branch", r, `"act":"attack/artillery","domain":"land","actor":{"party":"B"},"place":{"within":["harbour"]},"counts":[{"n":1`, `"act":"attack/artilery","domain":"land","actor":{"party":"B"},"place":{"within":["harbour"]},"counts":[{"n":1`, []fault{
			{r, `"attack/artilery"`, `entry.body.act: "attack/artilery" is no branch of the tree of acts (did you mean "attack/artillery"?)`},
		}},
		{"unknown area", r, `"within":["harbour"]},"counts":[{"n":1`, `"within":["harbour","hills"]},"counts":[{"n":1`, []fault{
			{r, `"hills"`, `entry.body.place.within[1]: there is no area "hills" in this case (known are harbour)`},
		}},
		{"a corrected entry is checked too", r, `"party":"B"},"place":{"within":["harbour"]},"counts":[{"n":2`, `"party":"BB"},"place":{"within":["harbour"]},"counts":[{"n":2`, []fault{
			{r, `"BB"`, `entry.body.entry.body.actor.party: there is no party "BB"`},
		}},
		{"outside the bounds", r, `"happened":"2040-03-05"`, `"happened":"2041-03-05"`, []fault{
			{r, `"2041-03-05"`, `entry.happened: 2041-03-05 lies wholly outside the case, from 2039-12-31T22:00:00Z to 2040-12-31T21:59:59Z (mend the time, or the bounds in case.hcl)`},
		}},
		{"an hour that the clocks left out", r, `"happened":"2040-03-02T09:00"`, `"happened":"2040-03-25T03:30"`, []fault{
			{r, `"2040-03-25T03:30"`, `entry.happened: "2040-03-25T03:30": the clocks of Europe/Kyiv left this time out`},
		}},
		{"version", r, `"version":"{VERSION}","path"`, `"version":"` + strings.Repeat("0", 64) + `","path"`, []fault{
			{r, `"00000`, `entry.body.version: the version of agreements/harbour is not 000000000000… (the MANIFEST gives {VERSION})`},
			{r, `"{VERSION}","clause"`, `entry.body.about[0].version: the case has no version`},
			{r, `"{VERSION}","act"`, `entry.body.version: the case has no version`},
		}},
		{"hash of an area", a, `"licence": "CC0-1.0"`, `"licence": "CC0"`, []fault{
			{r, `"{AREA}"`, `entry.body.hash: the SHA-256 of areas/harbour.geojson is not {AREA12}… (it is `},
		}},
		{"file of an area", r, `"path":"areas/harbour.geojson"`, `"path":"areas/harbur.geojson"`, []fault{
			{r, `"areas/harbur.geojson"`, `entry.body.path: areas/harbur.geojson: the file cannot be read: it is not there (put it there, relative to the folder of the case)`},
		}},
		{"a path that climbs", r, `"path":"areas/harbour.geojson"`, `"path":"../harbour.geojson"`, []fault{
			{r, `"../harbour.geojson"`, `entry.body.path: the path "../harbour.geojson" cannot be used`},
		}},
		{"version of nothing", r, `"path":"agreements/harbour"`, `"path":"agreements/quay"`, []fault{
			{r, `"agreements/quay"`, `entry.body.path: agreements/quay/MANIFEST: the file cannot be read: it is not there (seal the folder: that writes its MANIFEST)`},
		}},
		{"first change", r, `"change":"first"`, `"change":"editorial"`, []fault{
			{r, `"editorial"`, `entry.body.change: the first version of an agreement changes nothing (write "change":"first")`},
		}},
		{"two with one spelling", h, `en = "Richard Roe"`, `en = "j. doe"`, []fault{
			{h, `{ en = "j. doe" }`, `person roe.name.en: "j. doe" leads to doe too (a spelling leads to one person: write what tells the two apart, or leave it out)`},
		}},
		{"party twice", h, `party "M"`, `party "B"`, []fault{
			{h, "\"B\" {\n  name  = { en = \"Office", `party B: a second block party "B"`},
			{m, "agreement \"harbour\"", `parties: there is no party "M" in this case`},
			{r, `"M","condition"`, `entry.body.party: there is no party "M"`},
			{r, `"M","institution"`, `entry.said_by.party: there is no party "M"`},
		}},
		{"unknown zone", h, `"Europe/Kyiv"`, `"Europe/Kiyv"`, []fault{{h, `"Europe/Kiyv"`, `case harbour.zone: `}}},
		{"bounds the wrong way round", h, `"2040-12-31"`, `"2039-12-31"`, []fault{
			{h, `"2039-12-31"`, `case harbour.ends: the case ends before it begins (the end is the later of the two)`},
		}},
		{"misspelt attribute", h, `also = [`, `allso = [`, []fault{{h, "allso", `person doe.allso: there is no such attribute here (did you mean "also"?)`}}},
		{"misspelt block", h, `series "heads-of-service"`, `serie "heads-of-service"`, []fault{{h, "serie ", `serie: there is no such block here (did you mean "series"?)`}}},
		{"nothing is computed", h, `"J. Doe"`, `upper("J. Doe")`, []fault{{h, `("J. Doe")`, `"(" cannot stand here`}}},
		{"not a string", h, `"J. Doe"`, `["J. Doe"]`, []fault{{h, `["J. Doe"]`, `person doe.also[0]: a string is wanted (write it in quotation marks)`}}},
		{"columns are bytes", h, `short = { en = "A", ru = "А", uk = "А"`, `short = { en = "A", ru = "А", Uk = "А"`, []fault{{h, "Uk", `party A.short: "Uk" is no language tag`}}},
		{"unclosed", h, "title  = {", "title  = {{", []fault{{h, "\n  zone", "missing attribute value"}}},
		{"a source that is not there", m, `sources = ["press"]`, `sources = ["pres"]`, []fault{
			{m, "agreement \"harbour\"", `sources: pres is not in the record (did you mean "press"?)`},
		}},
		{"an area that nobody drew", m, `"area:harbour"`, `"area:harbur"`, []fault{
			{m, "prohibition", `prohibition 1.where: the case has no area:harbur (did you mean "area:harbour"?)`},
		}},
		{"a line that nobody drew", m, `"line:quay" = {`, `"line:key" = {`, []fault{
			{m, "prohibition", `prohibition 1.where: the case has no line:quay (say in the header's undrawn that nobody has drawn it: "line:quay" = { en = "…" })`},
		}},
		{"an area that a reading alone names", b, `acts = ["attack/artillery"]`, `where = ["area:hills"]`, []fault{
			{b, "prohibition", `prohibition 1.where: the case has no area:hills (say in the header's undrawn`},
		}},
		{"reading of another agreement", b, `reading "harbour"`, `reading "hills"`, []fault{
			{r, `"harbour","holder"`, `entry.body.agreement: the reading in readings/b.md is of agreement "hills" (name the same in both)`},
		}},
		{"reading of another holder", b, `holder = "B"`, `holder = "A"`, []fault{
			{r, `"B","path"`, `entry.body.holder: the reading in readings/b.md is held by "A" (name the same in both)`},
		}},
		{"omits nothing that is there", b, `known  = "2040-03-02"`, `omits = ["9"]`, []fault{
			{b, "reading", `omits: the text has no clause "9" to omit`},
		}},
		{"area of another name", a, `"id": "harbour"`, `"id": "harbur"`, []fault{
			{r, `"harbour","path":"areas`, `entry.body.area: the area in areas/harbour.geojson calls itself "harbur"`},
		}},
		{"area without a name", a, `"name": { "en": "The harbour", "zh": "港口" }`, `"name": {}`, []fault{
			{a, "{", `properties.name: the area has no name (write "name":{"en":"…"})`},
		}},
		{"area that crosses itself", a, `[10.2, 50], [10.2, 50.1]`, `[10.2, 50.1], [10.2, 50]`, []fault{{a, "", ""}}},
	}
	resealed := map[string]bool{m: true, b: true, a: true}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, files := training(t), training(t)
			version := sum(before["agreements/harbour/MANIFEST"].Data)
			change(t, files, tt.file, strings.ReplaceAll(tt.from, "{VERSION}", version), tt.to)
			if resealed[tt.file] && !strings.HasPrefix(tt.name, "hash") {
				seal(t, before, files)
			}
			problems, _ := casefile.Check(files)
			if _, err := casefile.Load(files); err == nil {
				t.Fatal("the case loads all the same")
			}
			if len(problems) != len(tt.want) {
				t.Errorf("%d problems, want %d:\n%v", len(problems), len(tt.want), problems)
			}
			area := sum(before[a].Data)
			fill := strings.NewReplacer("{VERSION}", version, "{AREA}", area, "{AREA12}", area[:12])
			for _, f := range tt.want {
				want := f.file + place(t, files[f.file].Data, fill.Replace(f.at)) + fill.Replace(f.says)
				if !slices.ContainsFunc(problems, func(p problem.Problem) bool { return strings.HasPrefix(p.Error(), want) }) {
					t.Errorf("missing: %s\ngot:\n%v", want, problems)
				}
			}
		})
	}
}

// TestAllFaultsAtOnce: faults of several files are told together, by file and place.
func TestAllFaultsAtOnce(t *testing.T) {
	files := training(t)
	change(t, files, "case.hcl", `zone   = "Europe/Kyiv"`, `zone = "Mars"`)
	change(t, files, "record.jsonl", `"kind":"contact"`, `"kind":"contct"`)
	change(t, files, "areas/harbour.geojson", `"Feature",`, `"Feature"`)
	delete(files, "readings/b.md")
	problems, _ := casefile.Check(files)
	var places []string
	for _, p := range problems {
		places = append(places, p.File+" "+p.Code)
	}
	want := []string{"areas/harbour.geojson not-json", "case.hcl unknown-zone", "record.jsonl hash-mismatch", "record.jsonl missing-file", "record.jsonl unknown-kind"}
	slices.Sort(places)
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
	if !slices.IsSortedFunc(problems, func(a, b problem.Problem) int {
		return cmpOr(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	}) {
		t.Errorf("not in the order of file and place:\n%v", problems)
	}
	c, err := casefile.Load(files)
	var list problem.List
	if c != nil || !errors.As(err, &list) {
		t.Errorf("Load gave %v, %v", c, err)
	}
}

func cmpOr(values ...int) int {
	for _, v := range values {
		if v != 0 {
			return v
		}
	}
	return 0
}

func TestEmptyFolder(t *testing.T) {
	problems, _ := casefile.Check(fstest.MapFS{})
	if len(problems) != 2 || problems[0].File != "case.hcl" || problems[1].File != "record.jsonl" || problems[0].Code != "missing-file" {
		t.Errorf("got %v", problems)
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	files := training(t)
	line := `{"entry":{"kind":"statement","ref":"s","author":"desk"}}` + "\n"
	files["record.jsonl"] = &fstest.MapFile{Data: []byte(strings.Repeat(line, 500))}
	problems, _ := casefile.Check(files)
	last := problems[len(problems)-1]
	if len(problems) != 201 || last.Code != "more" {
		t.Errorf("%d problems, the last: %v", len(problems), last)
	}
}

func TestTooLargeAFile(t *testing.T) {
	files := training(t)
	files["case.hcl"] = &fstest.MapFile{Data: bytes.Repeat([]byte("#\n"), 1<<20)}
	problems, _ := casefile.Check(files)
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Code == "too-large" && p.File == "case.hcl" }) {
		t.Errorf("got %v", problems)
	}
}

func TestUnknownFilesAreWarnings(t *testing.T) {
	files := training(t)
	files["readings/a.md"] = &fstest.MapFile{Data: []byte("x")}
	files["areas/hills.geojson"] = &fstest.MapFile{Data: []byte("{}")}
	files["areas/LICENCES.md"] = &fstest.MapFile{Data: []byte("x")}
	files["agreements/hills/hills.md"] = &fstest.MapFile{Data: []byte("x")}
	c, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range c.Warnings {
		got = append(got, w.Error())
	}
	want := []string{
		"agreements/hills: no entry makes it known, so nothing uses it (add an entry of kind agreement with what 'truceline seal' prints, or take it away)",
		"areas/hills.geojson: no entry makes it known, so nothing uses it (add an entry of kind area with what 'truceline seal' prints, or take it away)",
		"readings/a.md: no entry makes it known, so nothing uses it (add an entry of kind reading with what 'truceline seal' prints, or take it away)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestACaseFromLeavesIsTheSameCase(t *testing.T) {
	files := training(t)
	want, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	leaves := bytes.Split(bytes.TrimSuffix(files["record.jsonl"].Data, []byte("\n")), []byte("\n"))
	files["record.jsonl"] = &fstest.MapFile{Data: []byte("not read\n")}
	got, err := casefile.LoadLeaves(files, leaves)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Entries, got.Entries, cmp.Comparer(func(a, b moment.Time) bool { return a.String() == b.String() })); diff != "" {
		t.Error(diff)
	}
	if len(got.Versions) != len(want.Versions) || len(got.Readings) != len(want.Readings) || len(got.Areas) != len(want.Areas) {
		t.Errorf("%d versions, %d readings, %d areas", len(got.Versions), len(got.Readings), len(got.Areas))
	}
	leaves[3] = bytes.Replace(leaves[3], []byte(`"person":"doe"`), []byte(`"person":"nobody"`), 1)
	if _, err := casefile.LoadLeaves(files, leaves); err == nil || !strings.Contains(err.Error(), "record.jsonl:4:") {
		t.Errorf("a fault in the fourth leaf: %v", err)
	}
}
