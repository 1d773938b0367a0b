package moment

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// The vectors of three other EDTF libraries; testdata/edtf/SOURCE.txt names them and their licences.
//
//go:embed testdata/edtf
var vectors embed.FS

// difference is a class of inputs that those libraries read otherwise than we do, with the reason.
type difference struct {
	reason string
	// ours gives, for each input, the first and the last second as we read it, or "refused". In
	// place of a second, "-inf" and "+inf" stand for unbounded ends.
	ours map[string][2]string
}

var refused = [2]string{"refused", "refused"}

var pythonDifferences = []difference{
	{"an unknown end is unbounded for us; theirs is ten years from the other end", map[string][2]string{
		"/2006":        {"-inf", "2006-12-31T23:59:59Z"},
		"2004-06-01/":  {"2004-06-01T00:00:00Z", "+inf"},
		"1984-06-02?/": {"1984-06-02T00:00:00Z", "+inf"},
	}},
	{"winter is December to February for us; theirs ends with its year", map[string][2]string{
		"2010-24": {"2010-12-01T00:00:00Z", "2011-02-28T23:59:59Z"},
	}},
	{"significant digits give all years that agree in them; theirs keeps these as the fuzzy bounds", map[string][2]string{
		"1950S2":       {"1900-01-01T00:00:00Z", "1999-12-31T23:59:59Z"},
		"1953S2":       {"1900-01-01T00:00:00Z", "1999-12-31T23:59:59Z"},
		"1953S3":       {"1950-01-01T00:00:00Z", "1959-12-31T23:59:59Z"},
		"Y17101E4S3":   {"+171000000-01-01T00:00:00Z", "+171999999-12-31T23:59:59Z"},
		"Y3388E2S3":    {"+338000-01-01T00:00:00Z", "+338999-12-31T23:59:59Z"},
		"Y171010000S3": {"+171000000-01-01T00:00:00Z", "+171999999-12-31T23:59:59Z"},
	}},
	{"'~' and '%' widen by one unit of the component that they stand at, months by whole months, and '?' not at all; " +
		"theirs widen by each component marked, by thirty-day fractions, and twice for '%'", map[string][2]string{
		"1984%":                   {"1983-01-01T00:00:00Z", "1985-12-31T23:59:59Z"},
		"16XX%":                   {"1500-01-01T00:00:00Z", "1799-12-31T23:59:59Z"},
		"1984/2004-06~":           {"1984-01-01T00:00:00Z", "2004-07-31T23:59:59Z"},
		"1984?/2004%":             {"1984-01-01T00:00:00Z", "2005-12-31T23:59:59Z"},
		"1984-06-02?/2004-08-08~": {"1984-06-02T00:00:00Z", "2004-08-09T23:59:59Z"},
		"2004-06-11%":             {"2004-06-10T00:00:00Z", "2004-06-12T23:59:59Z"},
		"2004-06~-11":             {"2004-05-11T00:00:00Z", "2004-07-11T23:59:59Z"},
		"2004-%06":                {"2004-05-01T00:00:00Z", "2004-07-31T23:59:59Z"},
		"2004?-06-~11":            {"2004-06-10T00:00:00Z", "2004-06-12T23:59:59Z"},
		"?2004-%06":               {"2004-05-01T00:00:00Z", "2004-07-31T23:59:59Z"},
		"2004?-%06":               {"2004-05-01T00:00:00Z", "2004-07-31T23:59:59Z"},
		"2004?-~06-~04":           {"2004-05-03T00:00:00Z", "2004-07-05T23:59:59Z"},
	}},
	{"a clock time is that second for us; theirs gives the day", map[string][2]string{
		"2001-02-03T09:30:01":       {"2001-02-03T09:30:01Z", "2001-02-03T09:30:01Z"},
		"2004-01-01T10:10:10Z":      {"2004-01-01T10:10:10Z", "2004-01-01T10:10:10Z"},
		"2004-01-01T10:10:10+05:00": {"2004-01-01T05:10:10Z", "2004-01-01T05:10:10Z"},
		"1985-04-12T23:20:30":       {"1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z"},
	}},
	{"more than 12,000 separate days are refused, so that no text costs much memory", map[string][2]string{
		"XXXX-XX-23": refused,
	}},
}

var goDifferences = []difference{
	{"a qualifier widens ('~', '%') for us; theirs is kept beside unmoved bounds", map[string][2]string{
		"2004-06~":                {"2004-05-01T00:00:00Z", "2004-07-31T23:59:59Z"},
		"2004-06-11%":             {"2004-06-10T00:00:00Z", "2004-06-12T23:59:59Z"},
		"2004-06~-11":             {"2004-05-11T00:00:00Z", "2004-07-11T23:59:59Z"},
		"?2004-06-~11":            {"2004-06-10T00:00:00Z", "2004-06-12T23:59:59Z"},
		"2004-%06-11":             {"2004-05-11T00:00:00Z", "2004-07-11T23:59:59Z"},
		"2004-06-~01/2004-06-~20": {"2004-05-31T00:00:00Z", "2004-06-21T23:59:59Z"},
		"~-0100/~2020":            {"-0101-01-01T00:00:00Z", "2021-12-31T23:59:59Z"},
		"~-0100/~-0010":           {"-0101-01-01T00:00:00Z", "-0009-12-31T23:59:59Z"},
	}},
	{"the standard puts Y before years of more than four digits only", map[string][2]string{
		"Y1700": refused, "Y-1200": refused,
	}},
	{"seasons in words are no EDTF", map[string][2]string{
		"Spring, 2002": refused, "winter, 2002": refused,
	}},
	{"three significant digits of -2000 leave one open; theirs leaves three", map[string][2]string{
		"Y-20E2S3": {"-2009-01-01T00:00:00Z", "-2000-12-31T23:59:59Z"},
	}},
	{"theirs has no values for years beyond their range", map[string][2]string{
		"Y170000002":   {"+170000002-01-01T00:00:00Z", "+170000002-12-31T23:59:59Z"},
		"Y-17000002":   {"-17000002-01-01T00:00:00Z", "-17000002-12-31T23:59:59Z"},
		"Y-17E7":       {"-170000000-01-01T00:00:00Z", "-170000000-12-31T23:59:59Z"},
		"Y10E7":        {"+100000000-01-01T00:00:00Z", "+100000000-12-31T23:59:59Z"},
		"Y171010000S3": {"+171000000-01-01T00:00:00Z", "+171999999-12-31T23:59:59Z"},
		"Y3388E2S3":    {"+338000-01-01T00:00:00Z", "+338999-12-31T23:59:59Z"},
	}},
}

// findDifference gives our own reading of an input that differs, and marks it as met.
func findDifference(classes []difference, input string, met map[string]bool) (ours [2]string, reason string, differs bool) {
	for _, c := range classes {
		if ours, ok := c.ours[input]; ok {
			met[input] = true
			return ours, c.reason, true
		}
	}
	return [2]string{}, "", false
}

// checkAllMet fails for an input of the table that no vector has or that does not differ.
func checkAllMet(t *testing.T, classes []difference, met map[string]bool) {
	t.Helper()
	for _, c := range classes {
		for input := range c.ours {
			if !met[input] {
				t.Errorf("the table of differences names %q, which no vector has", input)
			}
		}
	}
}

func lines[T any](t *testing.T, file string) []T {
	t.Helper()
	data, err := vectors.ReadFile("testdata/edtf/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		var one T
		if err := json.Unmarshal(s.Bytes(), &one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, one)
	}
	return all
}

// bounds gives the first and the last second of a text read in UTC.
func bounds(text string) [2]string {
	tm, err := Parse(text, nil)
	if err != nil {
		return refused
	}
	return [2]string{tm.Earliest().String(), tm.Latest().String()}
}

// dayBound turns a date of the Python vectors into the second at its edge.
func dayBound(date, clock string) string {
	switch date {
	case "-inf":
		return date
	case "inf":
		return "+inf"
	}
	if head, _, _ := strings.Cut(strings.TrimPrefix(date, "-"), "-"); len(head) > 4 && date[0] != '-' {
		date = "+" + date
	}
	return date + clock
}

func compareBounds(t *testing.T, classes []difference, met map[string]bool, input string, theirs [2]string) (same bool) {
	t.Helper()
	got := bounds(input)
	ours, reason, differs := findDifference(classes, input, met)
	switch {
	case differs && got != ours:
		t.Errorf("%q: got %v, want %v (%s)", input, got, ours, reason)
	case differs && ours == theirs:
		t.Errorf("%q stands in the table of differences but does not differ", input)
	case !differs && got != theirs:
		t.Errorf("%q: got %v, want %v", input, got, theirs)
	}
	return !differs
}

func TestRangesOfPythonEDTF(t *testing.T) {
	type vector struct {
		Input       string
		LowerStrict string `json:"lower_strict"`
		UpperStrict string `json:"upper_strict"`
		LowerFuzzy  string `json:"lower_fuzzy"`
		UpperFuzzy  string `json:"upper_fuzzy"`
	}
	met, same := map[string]bool{}, 0
	all := lines[vector](t, "python_edtf_ranges.jsonl")
	for _, v := range all {
		lower, upper := v.LowerStrict, v.UpperStrict
		if strings.ContainsAny(v.Input, "~%") { // what we widen is compared with what they widen
			lower, upper = v.LowerFuzzy, v.UpperFuzzy
		}
		theirs := [2]string{dayBound(lower, "T00:00:00Z"), dayBound(upper, "T23:59:59Z")}
		if compareBounds(t, pythonDifferences, met, v.Input, theirs) {
			same++
		}
	}
	checkAllMet(t, pythonDifferences, met)
	t.Logf("%d vectors: %d read alike, %d otherwise for a stated reason", len(all), same, len(all)-same)
}

func TestQualifiersOfPythonEDTF(t *testing.T) {
	type vector struct {
		Input                string
		Uncertain            bool
		Approximate          bool
		UncertainApproximate bool `json:"uncertain_and_approximate"`
	}
	for _, v := range lines[vector](t, "python_edtf_qualifiers.jsonl") {
		tm, err := Parse(v.Input, nil)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		// Theirs keeps '%' apart; ours counts it as both of the others.
		if got, want := tm.Uncertain(), v.Uncertain || v.UncertainApproximate; got != want {
			t.Errorf("%q: uncertain %v, want %v", v.Input, got, want)
		}
		if got, want := tm.Approximate(), v.Approximate || v.UncertainApproximate; got != want {
			t.Errorf("%q: approximate %v, want %v", v.Input, got, want)
		}
	}
}

func TestInvalidTextsOfPythonEDTFAreRefused(t *testing.T) {
	data, err := vectors.ReadFile("testdata/edtf/python_edtf_invalid.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	if len(texts) != 16 {
		t.Fatalf("%d texts, want 16", len(texts))
	}
	for _, text := range texts {
		if tm, err := Parse(text, nil); err == nil {
			t.Errorf("%q is read as %v", text, tm.Set())
		}
	}
}

func TestRangesOfGoEDTF(t *testing.T) {
	type vector struct {
		Input        string
		StartLower   string `json:"start_lower"`
		EndUpper     string `json:"end_upper"`
		StartOpen    bool   `json:"start_lower_is_open"`
		EndOpen      bool   `json:"end_upper_is_open"`
		StartUnknown bool   `json:"start_lower_is_unknown"`
		EndUnknown   bool   `json:"end_upper_is_unknown"`
		Approximate  string `json:"end_lower_approximate"`
	}
	met, same := map[string]bool{}, 0
	all := lines[vector](t, "go_edtf_ranges.jsonl")
	for _, v := range all {
		theirs := [2]string{v.StartLower, v.EndUpper}
		if v.StartOpen || v.StartUnknown {
			theirs[0] = "-inf"
		}
		if v.EndOpen || v.EndUnknown {
			theirs[1] = "+inf"
		}
		if compareBounds(t, goDifferences, met, v.Input, theirs) {
			same++
		}
		if tm, err := Parse(v.Input, nil); err == nil {
			checkEndForms(t, tm, v.StartUnknown, v.EndUnknown)
		}
	}
	checkAllMet(t, goDifferences, met)
	t.Logf("%d vectors: %d read alike, %d otherwise for a stated reason", len(all), same, len(all)-same)
}

// checkEndForms compares whether the ends of an interval are unknown, as opposed to open.
func checkEndForms(t *testing.T, tm Time, startUnknown, endUnknown bool) {
	t.Helper()
	p := tm.Parts()
	if p.Form != FormInterval {
		if startUnknown || endUnknown {
			t.Errorf("%q is no interval", tm)
		}
		return
	}
	if got := p.Members[0].Form == FormUnknown; got != startUnknown {
		t.Errorf("%q: start unknown %v, want %v", tm, got, startUnknown)
	}
	if got := p.Members[1].Form == FormUnknown; got != endUnknown {
		t.Errorf("%q: end unknown %v, want %v", tm, got, endUnknown)
	}
}

// jsDifferences are the inputs of edtf.js that we accept where it does not, or refuse where it does
// not; the reason is the same for all inputs of a class.
var jsDifferences = []struct {
	reason string
	valid  bool // as we see it
	inputs []string
}{
	{"a century or decade without a mask is too near to a mistyped year: write 19XX, 193X", false, []string{
		"19", "00", "-04", "193", "019", "009", "000", "-193", "-019", "197~", "197?", "197%", "19~", "19?", "19%",
	}},
	{"their caller may narrow level or type; we have no such option", true, []string{"[1760..]", "1800/1X01"}},
	{"an interval with a season as an end is clear, so it is read", true, []string{
		"2018/2018-23", "2018-01?/2018-23", "2012-21/2012-22",
	}},
}

type jsVector struct {
	Input         string
	Valid         bool
	Type          string
	Values        []any    `json:"values_month_from_0"`
	From          []any    `json:"from_month_from_0"`
	Through       []any    `json:"through_month_from_0"`
	Offset        *int     `json:"offset"`
	Uncertain     []string `json:"uncertain"`
	NotUncertain  []string `json:"not_uncertain"`
	Certain       []string `json:"certain"`
	Approximate   []string `json:"approximate"`
	NotApprox     []string `json:"not_approximate"`
	Precise       []string `json:"precise"`
	Unspecified   []string `json:"unspecified"`
	NotUnspec     []string `json:"not_unspecified"`
	Specified     []string `json:"specified"`
	Earlier       bool     `json:"earlier"`
	Later         bool     `json:"later"`
	ParserOptions any      `json:"parser_options"`
}

func TestParsesOfEDTFJS(t *testing.T) {
	met := map[string]bool{}
	count := map[string]int{}
	all := lines[jsVector](t, "edtfjs_parse.jsonl")
	for _, v := range all {
		tm, err := Parse(v.Input, nil)
		want := v.Valid
		for _, c := range jsDifferences {
			if slices.Contains(c.inputs, v.Input) && c.valid != v.Valid {
				met[v.Input], want = true, c.valid
				count["otherwise for a stated reason"]++
			}
		}
		if (err == nil) != want {
			t.Errorf("%q: valid %v, want %v (%v)", v.Input, err == nil, want, err)
			continue
		}
		if err != nil || !v.Valid {
			if !v.Valid && !met[v.Input] {
				count["refused alike"]++
			}
			continue
		}
		count["read alike"]++
		v.check(t, tm)
	}
	for _, c := range jsDifferences {
		for _, input := range c.inputs {
			if !met[input] {
				t.Errorf("the table of differences names %q, which does not differ", input)
			}
		}
	}
	t.Logf("%d vectors: %v", len(all), count)
}

// check compares what was read, beyond that it was read.
func (v jsVector) check(t *testing.T, tm Time) {
	t.Helper()
	p := tm.Parts()
	forms := map[string]Form{"": FormDate, "Year": FormDate, "Season": FormDate, "Interval": FormInterval, "Set": FormOneOf, "List": FormAllOf}
	if p.Form != forms[v.Type] {
		t.Errorf("%q: form %v, want that of %q", v.Input, p.Form, v.Type)
		return
	}
	switch p.Form {
	case FormDate:
		checkValues(t, v.Input, p, v.Values)
	case FormInterval:
		checkValues(t, v.Input, p.Members[0], v.From)
		checkValues(t, v.Input, p.Members[1], v.Through)
	case FormOneOf, FormAllOf:
		h := tm.Hull()
		if (h.From == Past) != v.Earlier || (h.Until == Future) != v.Later {
			t.Errorf("%q: %v, want earlier %v, later %v", v.Input, h, v.Earlier, v.Later)
		}
	default:
		t.Errorf("%q: form %v", v.Input, p.Form)
	}
	if v.Offset != nil {
		local, err := Parse(v.Input[:len("2016-05-02T16:54:59")]+"Z", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := int(local.Earliest()-tm.Earliest()) / 60; got != *v.Offset {
			t.Errorf("%q: offset %d min, want %d", v.Input, got, *v.Offset)
		}
	}
	checkComponents(t, v.Input, "uncertain", p.Uncertain, v.Uncertain, append(v.NotUncertain, v.Certain...))
	checkComponents(t, v.Input, "approximate", p.Approximate, v.Approximate, append(v.NotApprox, v.Precise...))
	if v.Input != "15XX-X2" && v.Input != "1XXX-XX" && v.Input != "1XX3" && v.Input != "1XXX-12" {
		checkComponents(t, v.Input, "unspecified", p.Masked, v.Unspecified, append(v.NotUnspec, v.Specified...))
	} else if p.Masked&YearComponent == 0 { // theirs counts "day" as unspecified or not though none is written
		t.Errorf("%q: the year is not masked", v.Input)
	}
}

// checkValues compares year, month or season, day and clock; an absent list claims nothing.
func checkValues(t *testing.T, input string, p Parts, values []any) {
	t.Helper()
	got := []int{p.Year, p.Month, p.Day, p.Hour, p.Minute, p.Second}
	if p.Season != 0 {
		got[1] = p.Season
	}
	for k, value := range values {
		n, isNumber := value.(float64)
		if !isNumber {
			if p.Form == FormDate {
				t.Errorf("%q: a date, want %v", input, value)
			}
			continue
		}
		if k >= len(got) { // milliseconds, which we cut off
			continue
		}
		want := int(n)
		if k == 1 && p.Season == 0 {
			want++ // theirs counts months from 0
		}
		masked := []Component{YearComponent, MonthComponent, DayComponent}
		if k < len(masked) && p.Masked&masked[k] != 0 && k > 0 {
			continue // theirs puts the first month or day that fits in place of a mask
		}
		if strings.Contains(input, "S") {
			if !yearsHold(input, want) {
				t.Errorf("%q does not hold the year %d", input, want)
			}
			continue
		}
		if got[k] != want {
			t.Errorf("%q: value %d is %d, want %d", input, k, got[k], want)
		}
	}
}

// yearsHold tells whether a year with significant digits may be the one that is written.
func yearsHold(input string, year int) bool {
	tm, err := Parse(input, nil)
	return err == nil && tm.Set().Contains(UTC().Day(year, 7, 1).From)
}

func checkComponents(t *testing.T, input, what string, got Component, with, without []string) {
	t.Helper()
	bits := map[string]Component{
		"year": YearComponent, "month": MonthComponent, "day": DayComponent,
		"any": YearComponent | MonthComponent | DayComponent,
	}
	for _, name := range with {
		if got&bits[name] == 0 {
			t.Errorf("%q: %s is not %s", input, name, what)
		}
	}
	for _, name := range without {
		if got&bits[name] != 0 {
			t.Errorf("%q: %s is %s", input, name, what)
		}
	}
}
