package importtest

import (
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const viinaRows = 3578

var viinaColumns = strings.Split("report,happened,place,place_code,adm1,adm2,lon,lat,radius_m,object,act,actor,mentions,source,address,extent", ",")

// viinaRadii are the bounds of radius_m in metres for each extent.
var viinaRadii = map[string][2]int{
	"settlement": {3_000, 20_000},
	"near":       {10_000, 30_000},
	"region":     {50_000, 350_000},
	"unplaced":   {1_000_000, 1_000_000},
}

var (
	viinaID     = regexp.MustCompile(`^viina-20[0-9]{2}-[0-9]+$`)
	viinaObject = regexp.MustCompile(`^[a-z]+(/[a-z]+)*(\|[a-z]+(/[a-z]+)*)*$`)
	viinaSource = regexp.MustCompile(`^[A-Za-z0-9_.]+(\|[A-Za-z0-9_.]+)*$`)
)

// viinaFaults gives what is wrong with the table, and the number of its rows.
func viinaFaults(r io.Reader) (faults []string, rows int) {
	in := csv.NewReader(r)
	head, err := in.Read()
	if err != nil {
		return []string{"no header: " + err.Error()}, 0
	}
	if !slices.Equal(head, viinaColumns) {
		return []string{fmt.Sprintf("columns are %q, want %q", head, viinaColumns)}, 0
	}
	seen := map[string]int{}
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return faults, rows
		}
		if err != nil {
			return append(faults, err.Error()), rows
		}
		rows++
		line, _ := in.FieldPos(0)
		row := map[string]string{}
		for i, c := range cells {
			row[head[i]] = c
		}
		if first := seen[row["report"]]; first > 0 {
			faults = append(faults, fmt.Sprintf("line %d: report %s stands on line %d too", line, row["report"], first))
		}
		seen[row["report"]] = line
		for _, fault := range viinaRowFaults(row) {
			faults = append(faults, fmt.Sprintf("line %d: %s", line, fault))
		}
	}
}

func viinaRowFaults(row map[string]string) []string {
	var faults []string
	want := func(ok bool, column, what string) {
		if !ok {
			faults = append(faults, fmt.Sprintf("%s %q %s", column, row[column], what))
		}
	}
	want(viinaID.MatchString(row["report"]), "report", "is not viina-YEAR-N")
	day, err := time.Parse(time.DateOnly, row["happened"])
	want(err == nil, "happened", "is not a day")
	want(err != nil || day.Year() >= 2022 && day.Year() <= 2025, "happened", "lies outside the source's years")
	want(err != nil || strings.HasPrefix(row["report"], "viina-"+row["happened"][:4]+"-"), "report", "is not of the year in happened")

	lon, lonErr := strconv.ParseFloat(row["lon"], 64)
	want(lonErr == nil && lon >= 20 && lon <= 45, "lon", "is not a longitude of the area")
	lat, latErr := strconv.ParseFloat(row["lat"], 64)
	want(latErr == nil && lat >= 44 && lat <= 56, "lat", "is not a latitude of the area")

	bounds, known := viinaRadii[row["extent"]]
	want(known, "extent", "is none of the four")
	radius, err := strconv.Atoi(row["radius_m"])
	want(err == nil && radius >= bounds[0] && radius <= bounds[1] && radius > 0, "radius_m", "does not fit the extent")

	for column, kind := range map[string]*regexp.Regexp{"object": viinaObject, "source": viinaSource} {
		want(row[column] == "" && column == "object" || kind.MatchString(row[column]), column, "is not made of codes")
	}
	want(slices.Contains([]string{"", "attack"}, row["act"]), "act", "is no known act")
	want(slices.Contains([]string{"", "RU", "UA"}, row["actor"]), "actor", "is no known party")
	want(slices.Contains([]string{"", "RU", "UA", "RU|UA"}, row["mentions"]), "mentions", "are no known parties")

	for _, column := range []string{"place", "adm1", "adm2"} {
		want(utf8.RuneCountInString(row[column]) <= 40, column, "is longer than a name: no headlines here")
	}
	address, err := url.Parse(row["address"])
	want(row["address"] == "" || err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Host != "", "address", "is not one")
	want(len(row["address"]) <= 600, "address", "is too long")
	return faults
}

func TestVolumeDataHasItsShape(t *testing.T) {
	f, err := repository.Open("testdata/viina/reports.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	faults, rows := viinaFaults(f)
	for _, fault := range faults {
		t.Error("reports.csv: " + fault)
	}
	if rows != viinaRows {
		t.Errorf("reports.csv has %d rows, want %d", rows, viinaRows)
	}
}

func TestVolumeDataKeepsItsLicence(t *testing.T) {
	for name, words := range map[string][]string{
		"testdata/viina/LICENCE-ODbL.md": {"Open Database License", "VIINA 2.0", "Share-alike"},
		"testdata/viina/README.md":       {"VIINA 2.0", "Yuri Zhukov and Natalie Ayers", "Changes made to the source"},
		"NOTICE":                         {"testdata/viina"},
	} {
		text, err := fs.ReadFile(repository, name)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range words {
			if !strings.Contains(string(text), w) {
				t.Errorf("%s lacks %q", name, w)
			}
		}
	}
}

func TestVolumeFaultsAreSeen(t *testing.T) {
	const good = "viina-2022-1,2022-02-24,Nizhyn,699942,Chernihiv,Nizhyns'ka,31.88,51.04,8000,military/airbase,attack,UA,RU|UA,unian,https://example.org/a,settlement"
	cases := []struct{ name, old, with, want string }{
		{"a good row", "", "", ""},
		{"id", "viina-2022-1", "1", "report"},
		{"year", "viina-2022-1", "viina-2023-1", "year"},
		{"date", "2022-02-24", "2022-02-30", "not a day"},
		{"a point", "8000", "0", "radius_m"},
		{"radius of a region for a town", "8000", "100000", "radius_m"},
		{"headline", "Nizhyn,", strings.Repeat("explosion ", 9) + ",", "headline"},
		{"party", "UA,RU|UA", "XX,RU|UA", "actor"},
		{"object in words", "military/airbase", "An air base", "object"},
		{"longitude", "31.88", "181", "lon"},
		{"address", "https://example.org/a", "example", "address"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			row := good
			if c.old != "" {
				row = strings.Replace(good, c.old, c.with, 1)
			}
			faults, _ := viinaFaults(strings.NewReader(strings.Join(viinaColumns, ",") + "\n" + row + "\n"))
			wantOneOf(t, faults, c.want)
		})
	}
	t.Run("the same report twice", func(t *testing.T) {
		faults, rows := viinaFaults(strings.NewReader(strings.Join(viinaColumns, ",") + "\n" + good + "\n" + good + "\n"))
		wantOne(t, faults, "stands on line 2 too")
		if rows != 2 {
			t.Errorf("counted %d rows, want 2", rows)
		}
	})
}

// wantOneOf is wantOne for a mistake that may break more than one rule.
func wantOneOf(t *testing.T, faults []string, want string) {
	t.Helper()
	if (want == "") != (len(faults) == 0) || !strings.Contains(strings.Join(faults, "\n"), want) {
		t.Errorf("want a fault with %q, got %q", want, faults)
	}
}
