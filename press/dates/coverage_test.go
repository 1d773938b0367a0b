package dates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/truceline/truceline/moment"
)

// specCase is a case of the published specifications of a recogniser of dates (Recognizers-Text). They
// lie beside the repository, where they are at all: nothing of them is part of it.
type specCase struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text           string
		Start          int
		End, Length    *int
		TypeName, Type string
		Resolution     struct{ Values []map[string]any }
		Value          any
	}
}

var specFiles = map[string]string{"en": "English", "zh": "Chinese"}

// floors of coverage in per cent, a little below what is reached: spans found whole, spans found
// at least in part, and dates resolved alike among those found whole that have one resolution
// in both conventions.
var coverageFloors = map[string][3]float64{
	"en": {46, 76, 97},
	"zh": {74, 87, 99},
}

type coverage struct {
	spans, whole, part, comparable, alike int
	missed, unlike                        []string
	kinds                                 map[string][2]int // found whole, of
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func TestCoverageOfSpecifications(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "data", "recognizers-text-datetime-specs")
	for lang, folder := range specFiles {
		names, _ := filepath.Glob(filepath.Join(root, folder, "*.json"))
		if len(names) == 0 {
			t.Logf("%s: no specifications beside the repository: nothing is measured", lang)
			continue
		}
		c := coverage{kinds: map[string][2]int{}}
		seen := map[string]bool{}
		for _, name := range names {
			if strings.Contains(name, "Holiday") {
				continue // feast days are left to whoever needs them
			}
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var cases []specCase
			if err := json.Unmarshal(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), &cases); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, one := range cases {
				c.count(lang, one, seen)
			}
		}
		got := [3]float64{percent(c.whole, c.spans), percent(c.part, c.spans), percent(c.alike, c.comparable)}
		t.Logf("%s: of %d dates %d found whole (%.1f%%), %d at least in part (%.1f%%); of %d with one meaning %d resolved alike (%.1f%%)",
			lang, c.spans, c.whole, got[0], c.part, got[1], c.comparable, c.alike, got[2])
		for _, kind := range []string{"date", "daterange", "datetime", "datetimerange"} {
			t.Logf("%s: %s: %d of %d found whole (%.1f%%)", lang, kind, c.kinds[kind][0], c.kinds[kind][1], percent(c.kinds[kind][0], c.kinds[kind][1]))
		}
		for i, floor := range coverageFloors[lang] {
			if got[i] < floor {
				t.Errorf("%s: coverage %.1f%% is below %.1f%%", lang, got[i], floor)
			}
		}
		if file := os.Getenv("DATES_MISSED"); file != "" {
			slices.Sort(c.missed)
			slices.Sort(c.unlike)
			text := strings.Join(c.missed, "\n") + "\n\n" + strings.Join(c.unlike, "\n")
			if err := os.WriteFile(file+"."+lang, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (c *coverage) count(lang string, one specCase, seen map[string]bool) {
	day, _, _ := strings.Cut(one.Context.ReferenceDateTime, "T")
	found := Find(lang, one.Input, day)
	for _, want := range one.Results {
		kind := strings.TrimPrefix(want.TypeName+want.Type, "datetimeV2.")
		switch kind {
		case "date", "daterange", "datetime", "datetimerange":
		default:
			continue
		}
		id := one.Input + "\x00" + day + "\x00" + fmt.Sprint(want.Start)
		if seen[id] {
			continue
		}
		seen[id] = true
		end := want.Start
		switch {
		case want.End != nil:
			end = *want.End + 1
		case want.Length != nil:
			end += *want.Length
		}
		from, to, ok := bytesOf(one.Input, want.Start, end)
		if !ok {
			continue
		}
		c.spans++
		whole, part := -1, -1
		for i, f := range found {
			if f.Start < to && from < f.End {
				part = i
				if core(lang, one.Input[f.Start:f.End]) == core(lang, one.Input[from:to]) {
					whole = i
				}
			}
		}
		if part >= 0 {
			c.part++
		}
		k := c.kinds[kind]
		k[1]++
		if whole >= 0 {
			k[0]++
		}
		c.kinds[kind] = k
		if whole < 0 {
			got := "-"
			if part >= 0 {
				got = one.Input[found[part].Start:found[part].End]
			}
			c.missed = append(c.missed, fmt.Sprintf("%s\t[%s]\t%s\t%s", kind, one.Input[from:to], got, one.Input))
			continue
		}
		c.whole++
		meant := meanings(kind, want.Resolution.Values, want.Value)
		if len(meant) == 0 || day == "" || found[whole].EDTF == "" || !sameConvention(kind, core(lang, one.Input[from:to]), found[whole]) {
			continue
		}
		c.comparable++
		got := daysOf(found[whole].EDTF)
		if slices.Contains(meant, got) {
			c.alike++
		} else {
			c.unlike = append(c.unlike, fmt.Sprintf("UNLIKE %s\t[%s]\t%s %s\t%v %s", kind, one.Input[from:to], found[whole].EDTF, got, meant, day))
		}
	}
}

// sameConvention tells whether both give a date of this sort one meaning. They do not where the
// specification counts weeks, months and years as days ("two weeks ago"), divides a month or year
// into early and late, ends a stretch of months or years before its last, begins "the next
// three days" tomorrow, or means the half-days of a few hours.
func sameConvention(kind, text string, f Found) bool {
	if kind == "date" && f.Precise != Day && f.Precise != PartOfDay && f.Precise != Minute {
		return false
	}
	for _, part := range []string{"early", "earlier", "late", "later", "mid", "middle", "end", "beginning", "start", "hour", "初", "末", "底", "旬", "小时"} {
		if strings.Contains(text, part) && !strings.Contains(text, "weekend") {
			return false
		}
	}
	from, _, stretch := strings.Cut(f.EDTF, "/")
	return !stretch || len(from) == len("2025-03-12") && !(f.Precise == Interval && f.Relative && counted(text))
}

func counted(text string) bool {
	for _, unit := range []string{"day", "week", "month", "quarter", "year", "decade", "天", "日", "周", "月", "年", "星期"} {
		if strings.Contains(text, unit) && !strings.Contains(text, "weekend") && !strings.Contains(text, "周末") {
			return true
		}
	}
	return false
}

// core is a span without what the two conventions draw in differently: prepositions and articles.
func core(lang, text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if lang == "zh" {
		for _, p := range []string{"从", "自", "在", "于", "到"} {
			text = strings.TrimPrefix(text, p)
		}
		for _, p := range []string{"的", "前", "后", "之", "以", "及", "或", "起", "开始", "间", "之"} {
			text = strings.TrimSuffix(text, p)
		}
		return text
	}
	for {
		word, rest, ok := strings.Cut(text, " ")
		if !ok || !slices.Contains([]string{"on", "in", "at", "the", "from", "between", "for", "during", "by", "since", "before", "after", "until", "till", "over", "through", "of", "around", "within"}, word) {
			return text
		}
		text = rest
	}
}

func bytesOf(text string, from, to int) (int, int, bool) {
	units := utf16.Encode([]rune(text))
	if from < 0 || to > len(units) || from >= to {
		return 0, 0, false
	}
	a := len(string(utf16.Decode(units[:from])))
	return a, a + len(string(utf16.Decode(units[from:to]))), true
}

// daysOf gives first and last day of an EDTF text.
func daysOf(edtf string) string {
	t, err := moment.Parse(edtf, nil)
	if err != nil {
		return "?"
	}
	hull := t.Hull()
	return hull.From.String()[:10] + "/" + (hull.Until - 1).String()[:10]
}

// meanings lists what the specification allows, as first and last day.
func meanings(kind string, values []map[string]any, value any) []string {
	var all []string
	add := func(m map[string]any) {
		get := func(keys ...string) string {
			for _, k := range keys {
				if s, ok := m[k].(string); ok && len(s) >= 10 {
					return s[:10]
				}
			}
			return ""
		}
		if one := get("value", "date", "dateTime"); one != "" {
			all = append(all, one+"/"+one)
			return
		}
		from, to := get("start", "startDate", "startDateTime"), get("end", "endDate", "endDateTime")
		if from == "" || to == "" {
			return
		}
		all = append(all, from+"/"+to)
		if last, err := time.Parse(time.DateOnly, to); err == nil && kind == "daterange" { // its end is excluded
			all = append(all, from+"/"+last.AddDate(0, 0, -1).Format(time.DateOnly))
		}
	}
	for _, v := range values {
		add(v)
	}
	if m, ok := value.(map[string]any); ok {
		for _, k := range []string{"PastResolution", "FutureResolution"} {
			if r, ok := m[k].(map[string]any); ok {
				add(r)
			}
		}
		if list, ok := m["values"].([]any); ok {
			for _, v := range list {
				if r, ok := v.(map[string]any); ok {
					add(r)
				}
			}
		}
	}
	return all
}
