package intake

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

const head = "report,happened,place,lon,lat,radius_m,object,act,actor\n"

var names = Names{Parties: []string{"KA", "LO"}, Areas: []string{"west"}}

// TestThreeBadRowsOfAThousand: nothing hides behind the first, and good rows are kept.
func TestThreeBadRowsOfAThousand(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 1000 {
		day, actor, radius := "2030-03-07", "KA", "2000"
		switch i {
		case 9:
			day = "2030-03-47"
		case 499:
			actor = "KB"
		case 999:
			radius = "0"
		}
		fmt.Fprintf(&b, "r%d,%s,Somewhere,10.5,50.5,%s,energy|transport/rail,attack,%s\n", i, day, radius, actor)
	}
	list, err := Reports("r.csv", []byte(b.String()), names)
	var problems problem.List
	if !errors.As(err, &problems) || len(problems) != 3 || len(list) != 997 {
		t.Fatalf("%d good rows, %v", len(list), err)
	}
	want := []string{
		`r.csv:11:4: happened: "2030-03-47"`,
		`r.csv:501:`,
		`r.csv:1001:`,
	}
	for i, w := range want {
		if !strings.HasPrefix(problems[i].Error(), w) {
			t.Errorf("problem %d: %v, want %s", i, problems[i], w)
		}
	}
	if !strings.Contains(problems[1].Error(), `actor: "KB" is not known (did you mean "KA"?)`) {
		t.Errorf("%v", problems[1])
	}
	if got := list[0].Body.Objects; len(got) != 2 || got[1] != "transport/railway" {
		t.Errorf("objects %v", got)
	}
}

func TestBadFiles(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"empty":            {"", "no header line"},
		"semicolons":       {"report;happened\nr;2040\n", `separated by ";"`},
		"UTF-16":           {"\xff\xfer\x00", "the file is UTF-16"},
		"old line ends":    {"report,happened\rr,2040\r", "carriage return alone"},
		"nameless column":  {"report,happened,\nr,2040,\n", "r.csv:1:17: column 3 has no name"},
		"quote in header":  {"report,\"happened\nr,2040\n", "not closed"},
		"unknown column":   {"report,hppened\n", `there is no column "hppened" (did you mean "happened"?)`},
		"missing column":   {"report,place\n", `the column "happened" is missing`},
		"duplicate column": {"report,happened,report\n", "stands twice"},
		"ragged":           {head + "r1,2030-03-07\n", "r.csv:2:1: the row has 2 fields, the header has 9"},
		"open quote":       {head + "r1,\"2030\n", "r.csv:2"},
		"duplicate":        {head + "r1,2030,,,,,,,\nr1,2030,,,,,,,\n", "stands already on line 2"},
		"unknown object":   {head + "r1,2030,,,,,enrgy,,\n", `"enrgy" is not in the tree of objects (did you mean "energy"?)`},
		"bare point":       {head + "r1,2030,,10,50,,,,\n", "a place is never a bare point"},
		"latitude":         {head + "r1,2030,,10,150,5,,,\n", `"150" is no latitude`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Reports("r.csv", []byte(tt.text), names)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestVolumeIsRead(t *testing.T) {
	data, err := os.ReadFile("../../testdata/viina/reports.csv")
	if err != nil {
		t.Fatal(err)
	}
	list, err := Reports("reports.csv", data, Names{Parties: []string{"RU", "UA"}})
	if err != nil || len(list) != 3578 {
		t.Fatalf("%d rows, %v", len(list), err)
	}
}

// wide has a column of each sort.
const wide = "report,happened,lon,lat,radius_m,object,act,actor,within,said_by,address,mentions\n"

// TestEachBadRowIsToldWithItsPlace: one bad row between two good ones is one problem
// with its line and column name, and the good ones are kept.
func TestEachBadRowIsToldWithItsPlace(t *testing.T) {
	n := names
	n.Recorded = map[string]int{"shell": 9}
	for _, tt := range []struct{ name, row, code, field string }{
		{"no reference", ",2040-03-06,,,,,,,,,,", "missing", "report"},
		{"reference with a space", "r 1,2040-03-06,,,,,,,,,,", "bad-ref", "report"},
		{"reference of the record", "shell,2040-03-06,,,,,,,,,,", "duplicate-ref", "report"},
		{"no time", "r,,,,,,,,,,,", "missing", "happened"},
		{"thirteenth month", "r,2040-13-06,,,,,,,,,,", "bad-time", "happened"},
		{"point without radius", "r,2040-03-06,10,50,,,,,,,,", "bad-number", "radius_m"},
		{"longitude alone", "r,2040-03-06,10,,300,,,,,,,", "bad-number", "lat"},
		{"decimal comma", `r,2040-03-06,"10,1",50,300,,,,,,,`, "bad-number", "lon"},
		{"exponent", "r,2040-03-06,1e1,50,300,,,,,,,", "bad-number", "lon"},
		{"not a number", "r,2040-03-06,NaN,50,300,,,,,,,", "bad-number", "lon"},
		{"latitude too large", "r,2040-03-06,10,150,300,,,,,,,", "bad-number", "lat"},
		{"radius of zero", "r,2040-03-06,10,50,0,,,,,,,", "bad-number", "radius_m"},
		{"radius beyond reach", "r,2040-03-06,10,50,1000001,,,,,,,", "bad-number", "radius_m"},
		{"unknown object", "r,2040-03-06,,,,energy|enrgy,,,,,,", "unknown-branch", "object"},
		{"unknown act", "r,2040-03-06,,,,,atack,,,,,", "unknown-branch", "act"},
		{"unknown party", "r,2040-03-06,,,,,,C,,,,", "unknown-party", "actor"},
		{"unknown party mentioned", "r,2040-03-06,,,,,,,,,,KA|C", "unknown-party", "mentions"},
		{"unknown area", "r,2040-03-06,,,,,,,wset,,,", "unknown-area", "within"},
		{"two places", "r,2040-03-06,10,50,5,,,,west,,,", "bad-place", "within"},
		{"voice of an unknown party", "r,2040-03-06,,,,,,,,C: Ministry,,", "unknown-party", "said_by"},
		{"voice of nobody", "r,2040-03-06,,,,,,,,KA:,,", "bad-voice", "said_by"},
		{"address without scheme", "r,2040-03-06,,,,,,,,,example.org,", "bad-address", "address"},
		{"address with a password", "r,2040-03-06,,,,,,,,,https://a:b@example.org/,", "bad-address", "address"},
		{"too few fields", "r,2040-03-06", "ragged-row", ""},
		{"too many fields", "r,2040-03-06,,,,,,,,,,,", "ragged-row", ""},
		{"quote inside", `r,2040-03-06,,,,,,,,a "b" c,,`, "bad-csv", ""},
		{"not UTF-8", "r,2040-03-06,,,,,,,,\xff,,", "not-utf-8", "said_by"},
		{"control character", "r,2040-03-06,,,,,,,,a\x00b,,", "control-character", "said_by"},
		{"huge field", "r,2040-03-06,,,,,,,," + strings.Repeat("x", maxField+1) + ",,", "long-field", "said_by"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := wide + "good-1,2040-03-06,,,,,,,,,,\n" + tt.row + "\ngood-2,2040-03-06,,,,,,,,,,\n"
			list, err := Reports("r.csv", []byte(file), n)
			var problems problem.List
			if !errors.As(err, &problems) || len(problems) != 1 || len(list) != 2 {
				t.Fatalf("%d rows, %v", len(list), err)
			}
			if p := problems[0]; p.Code != tt.code || p.Field != tt.field || p.Line != 3 || p.File != "r.csv" || p.Column == 0 || p.What == "" || p.Mend == "" {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestHeaderIsRead(t *testing.T) {
	for name, text := range map[string]string{
		"any order and case":     "Happened , REPORT\n2040,r\n",
		"byte order mark":        "\ufeffreport,happened\nr,2040\n",
		"carriage returns":       "report,happened\r\nr,2040\r\n",
		"quotes and blank lines": "\"report\",\"happened\"\n\n\"r\",\"2040\"\n\n",
		"no line feed at end":    "report,happened\nr,2040",
	} {
		if list, err := Reports("r.csv", []byte(text), names); err != nil || len(list) != 1 || list[0].Ref != "r" {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}

func TestRowBecomesDraftOfEntry(t *testing.T) {
	file := "happened,report,place,adm1,lon,lat,radius_m,object,act,weapon,domain,actor,mentions,said_by,source,address,place_code,extent\n" +
		"2040-03-06T05:00,r-1,Quay,West,10.1,50.05,300,transport/rail|energy,attack/artillery,artillery/gun,land,LO,KA|LO,KA: Port authority,radio|wire,https://example.org/1,77,near\n"
	list, err := Reports("r.csv", []byte(file), names)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	want := record.Entry{
		Kind: record.KindReport, Ref: "r-1", Happened: "2040-03-06T05:00",
		SaidBy:  &record.Voice{Party: "KA", Institution: record.Text{"und": "Port authority"}},
		Through: &record.Channel{Outlet: "radio, wire"},
		Sources: []string{"https://example.org/1"},
		Note:    record.Text{"en": "Mentioned: KA, LO. First-level area: West. Code of the place: 77. Extent of the place: near."},
		Body: &record.Report{
			Act: "attack/artillery", Weapon: "artillery/gun", Objects: []string{"transport/railway", "energy"}, Domain: "land",
			Actor: &record.Actor{Party: "LO"},
			Place: &record.Place{Name: record.Text{"und": "Quay"}, Lon: "10.1", Lat: "50.05", Radius: 300},
		},
	}
	if d := cmp.Diff(want, list[0].Entry()); d != "" {
		t.Error(d)
	}
}

func TestVoiceOfRow(t *testing.T) {
	for said, want := range map[string]*record.Voice{
		"KA":       {Party: "KA", Institution: record.Text{"und": "KA"}},
		"Resident": {Institution: record.Text{"und": "Resident"}},
		"":         nil,
	} {
		list, err := Reports("r.csv", []byte("report,happened,said_by\nr,2040-03-06,"+said+"\n"), names)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, list[0].SaidBy); d != "" {
			t.Errorf("%q: %s", said, d)
		}
	}
}

func TestOpenQuoteTellsWhichLinesWereNotRead(t *testing.T) {
	list, err := Reports("r.csv", []byte("report,happened\na,2040\nb,\"2040\nc,2040\n"), names)
	if len(list) != 1 || err == nil || !strings.Contains(err.Error(), "from line 3 to line") {
		t.Error(list, err)
	}
}

// TestNoOtherNameIsNeededTwice: a branch of which the tree knows must not be renamed.
func TestNoOtherNameIsNeededTwice(t *testing.T) {
	trees := agreement.Taxonomies()
	for from, to := range stands {
		if trees.Objects.Known(from) || !trees.Objects.Known(to) {
			t.Errorf("%s stands for %s", from, to)
		}
	}
}

// recordable tells whether drafts become entries that the record takes, once their
// author and their voice are known.
func recordable(list []Report) error {
	envs := make([]record.Envelope, len(list))
	for i, r := range list {
		e := r.Entry()
		e.Author = "desk"
		if e.SaidBy == nil {
			e.SaidBy = &record.Voice{Institution: record.Text{"en": "Desk"}}
		}
		envs[i].Entry = e
	}
	lines, err := record.Write(envs)
	if err != nil {
		return err
	}
	_, err = record.Read("record.jsonl", lines)
	return err
}

func TestVolumeCanBeRecorded(t *testing.T) {
	data, err := os.ReadFile("../../testdata/viina/reports.csv")
	if err != nil {
		t.Fatal(err)
	}
	list, err := Reports("reports.csv", data, Names{})
	if err != nil {
		t.Fatal(err)
	}
	if err := recordable(list); err != nil {
		t.Error(err)
	}
}

func FuzzReports(f *testing.F) {
	f.Add([]byte(head + "r1,2030-03-07,Somewhere,10.5,50.5,2000,energy,attack,KA\n"))
	f.Add([]byte("\ufeffreport,happened\r\n\"a\"\"b\",2030\r\n"))
	f.Add([]byte(wide + "r,2040-01-01/..,,,,energy|,attack,KA,west,KA: x,http://h/,KA|LO\n"))
	f.Add([]byte("report;happened\n"))
	f.Add([]byte("\xff\xfe\x00"))
	f.Add([]byte("report,happened\na,2040\nb,\"2040\nc,2040\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Reports("f.csv", data, names)
		for _, r := range list {
			if r.Ref == "" || r.Happened.IsZero() {
				t.Errorf("a row without reference or time was kept: %+v", r)
			}
		}
		if err := recordable(list); err != nil {
			t.Errorf("%v", err)
		}
		var problems problem.List
		if err != nil && !errors.As(err, &problems) {
			t.Errorf("not a list of problems: %v", err)
		}
	})
}

func BenchmarkReports(b *testing.B) {
	data, err := os.ReadFile("../../testdata/viina/reports.csv")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	rows := 0
	for b.Loop() {
		list, err := Reports("reports.csv", data, Names{})
		if err != nil {
			b.Fatal(err)
		}
		rows += len(list)
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
