package intake

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/truceline/truceline/problem"
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
		"unknown column":   {"report,hapened\n", `there is no column "hapened" (did you mean "happened"?)`},
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

func FuzzReports(f *testing.F) {
	f.Add([]byte(head + "r1,2030-03-07,Somewhere,10.5,50.5,2000,energy,attack,KA\n"))
	f.Add([]byte("\ufeffreport,happened\r\n\"a\"\"b\",2030\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, _ := Reports("f.csv", data, names)
		for _, r := range list {
			if r.Ref == "" || r.Happened.IsZero() {
				t.Errorf("a row without reference or time was kept: %+v", r)
			}
		}
	})
}

func BenchmarkReports(b *testing.B) {
	data, err := os.ReadFile("../../testdata/viina/reports.csv")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		list, err := Reports("reports.csv", data, Names{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(list)*b.N)/b.Elapsed().Seconds(), "rows/s")
	}
}
