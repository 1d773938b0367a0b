package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gowebpki/jcs"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/release"
)

// Format is the version of the form of a report (spec/report.md).
const Format = "truceline-report/1"

// maxListed bounds the entries of one list that are told one by one, in files.
const maxListed = 200

// Options are what a report is made from, beside the case.
type Options struct {
	Day      string // a calendar day in the case's zone: "2025-03-12"
	Until    string // the cut-off, RFC 3339 or EDTF; "": the end of the day
	Position int    // of the record; 0: the newest
	Root     string // of the record's tree at the position, base64; "" for a case in files
	Address  string // of the site to which links lead; "": none
	// Release is how closely and how soon places are shown; nil: as the case states it.
	Release *release.Terms
	// Bench answers a question on the case, where one may be at hand; nil: judge.New.
	Bench func(judge.Question) *judge.Bench
	// Digest is what counting came to for the same options; nil: the day is counted. With
	// one, only what a page tells one by one is judged again.
	Digest *Digest
	// Most bounds the entries of one list that are told one by one; 0: 200.
	Most int
}

// Inputs are what the bytes of a report follow from: its line of inputs (spec/report.md §4).
type Inputs struct {
	Address  string `json:"address"`
	Case     string `json:"case"`
	Day      string `json:"day"`
	Format   string `json:"format"`
	Lang     string `json:"lang"`
	Position int    `json:"position"`
	Release  string `json:"release,omitempty"` // of places: "area 72h"; "": as they were told
	Root     string `json:"root"`
	Rules    string `json:"rules"`
	Until    string `json:"until"`
	Zone     string `json:"zone"`
}

// Line writes the inputs as one line of canonical JSON.
func (i Inputs) Line() string {
	data, err := json.Marshal(i)
	if err == nil {
		data, err = jcs.Transform(data)
	}
	if err != nil {
		return "" // strings and a number always marshal
	}
	return string(data)
}

// Range is a figure that is at least Least and at most Most.
type Range struct {
	Least int `json:"least"`
	Most  int `json:"most"`
}

func (r *Range) add(certain bool) {
	r.Most++
	if certain {
		r.Least++
	}
}

// Tally is one row of a table of counts: the day, the day before, and what was told late.
type Tally struct {
	Key     string `json:"key"` // an area's id, a branch of the taxonomy; "" where it is not told; [Withheld]
	Day     Range  `json:"day"`
	Attacks Range  `json:"attacks"` // of Day, those told as attacks
	Before  Range  `json:"before"`
	Late    int    `json:"late"`
}

// Withheld is the key of the tally of reports whose place is not shown. No area can be
// called so.
const Withheld = "_withheld"

// Classes are the day's reports under one agreement and reading, each as the gravest
// that it is under any clause.
type Classes struct {
	Agreement string         `json:"agreement"`
	Reading   string         `json:"reading"`
	Counts    map[string]int `json:"counts"` // by classification; of all that may belong to the day
}

// Incident is one report of the day.
type Incident struct {
	Item    judge.Item      `json:"item"`
	Certain bool            `json:"certain"` // it certainly happened within the day
	Late    bool            `json:"late"`    // it happened before and became public within the day
	Sums    []judge.Summary `json:"summaries"`
	// The same under every agreement; empty where no agreement is known.
	Occurrence  judge.Occurrence  `json:"occurrence,omitempty"`
	Attribution judge.Attribution `json:"attribution,omitzero"`
	// Withheld is when the place is shown, RFC 3339; empty where it waits for no moment.
	Withheld string `json:"withheld,omitempty"`

	in    judge.Incident
	shown release.Shown
}

// Figures is everything that a report tells, in no language yet.
type Figures struct {
	Inputs
	Status    judge.Status                 `json:"status"`
	All       Tally                        `json:"all"`
	Areas     []Tally                      `json:"areas"` // areas overlap: one report may count in several
	Acts      []Tally                      `json:"acts"`
	Classes   []Classes                    `json:"classes"`
	Incidents []Incident                   `json:"incidents"` // oldest first; those told late at the end; of a digest, those that are told one by one
	Of        map[record.Kind][]judge.Item `json:"of"`        // the other entries of the day, by kind
	Access    []judge.Item                 `json:"access"`    // coverage entries that tell of refusal
	Coverage  []judge.Item                 `json:"coverage"`  // that touch the day
	Requests  []judge.RequestStatus        `json:"requests"`
	Deadlines []judge.Deadline             `json:"deadlines"` // within the week after the cut-off
	Changes   []judge.Item                 `json:"changes"`   // corrections and retractions
	Claims    int                          `json:"claims"`    // without a source, of the day
	Withheld  []record.Ref                 `json:"withheld"`  // those that are not quoted

	c     *casefile.Case
	bench *judge.Bench
	day   moment.Span
	until moment.Instant // the last second covered
	rule  *release.Rule
	most  int // entries of one list that are told one by one

	digest             *Digest
	harmful, hindering []Incident // told one by one for what they count, or what they hindered
}

// Make gathers a day's figures. The error tells which option cannot be used and why.
func Make(c *casefile.Case, o Options) (*Figures, error) {
	day, err := dayOf(c, o.Day)
	if err != nil {
		return nil, err
	}
	until := day.Last()
	if o.Until != "" {
		t, err := moment.Parse(o.Until, c.Zone)
		switch {
		case err != nil:
			return nil, fmt.Errorf("the cut-off %q cannot be read: write it as 2025-03-12T19:30 or with a zone: %w", o.Until, err)
		case t.Latest() < day.From || t.Latest() > day.Last():
			return nil, fmt.Errorf("the cut-off %s does not lie within %s by the case's clock (%s)", o.Until, o.Day, c.Zone.Name())
		}
		until = t.Latest()
	}
	position := o.Position
	switch {
	case position < 0 || position > len(c.Entries):
		return nil, fmt.Errorf("the record has no position %d: give one from 1 to %d", position, len(c.Entries))
	case position == 0:
		position = len(c.Entries)
	}
	q := judge.Question{At: until, KnownBy: until, AsOf: position}
	if o.Bench == nil {
		o.Bench = func(q judge.Question) *judge.Bench { return judge.New(c, q) }
	}
	b := o.Bench(q)
	terms := release.TermsOf(c)
	if o.Release != nil {
		terms = *o.Release
	}
	f := &Figures{
		Inputs: Inputs{
			Address: o.Address, Case: c.ID, Day: o.Day, Format: Format, Position: position, Release: terms.String(), Root: o.Root, Rules: judge.Rules,
			Until: until.String(), Zone: c.Zone.Name(),
		},
		Status: b.Status(), Of: map[record.Kind][]judge.Item{}, c: c, bench: b, day: day, until: until,
		rule: release.NewBy(c, terms), most: cmp.Or(o.Most, maxListed), digest: o.Digest,
	}
	if f.digest == nil {
		f.incidents()
	} else {
		f.fromDigest()
	}
	f.words()
	f.due()
	return f, nil
}

// dayOf reads a calendar day that touches the case.
func dayOf(c *casefile.Case, text string) (moment.Span, error) {
	t, err := moment.Parse(text, c.Zone)
	if err != nil || t.IsZero() || t.Unbounded() {
		return moment.Span{}, fmt.Errorf("the day %q cannot be read: write it as 2025-03-12", text)
	}
	clock := c.Zone.Clock(t.Earliest())
	day := c.Zone.Day(clock.Year, clock.Month, clock.Day)
	if date(c.Zone, t.Earliest()) != text {
		return moment.Span{}, fmt.Errorf("%q is no single calendar day: write it as 2025-03-12", text)
	}
	if !(moment.Set{day}).Overlaps(moment.Set{c.World}) {
		return moment.Span{}, fmt.Errorf("%s lies outside the case, which goes from %s to %s", text, date(c.Zone, c.World.From), date(c.Zone, c.World.Last()))
	}
	return day, nil
}

// date writes the calendar day in which an instant lies.
func date(zone *moment.Zone, i moment.Instant) string {
	return zone.Clock(i).String()[:len("2006-01-02")]
}

// before is the calendar day before.
func (f *Figures) before() moment.Span {
	clock := f.c.Zone.Clock(f.day.From)
	return f.c.Zone.Day(clock.Year, clock.Month, clock.Day-1)
}

// covered is what the report covers of the day.
func (f *Figures) covered() moment.Span { return moment.Span{From: f.day.From, Until: f.until + 1} }

// within tells whether a time may lie in a span, and whether it certainly does.
func within(t moment.Time, s moment.Span) (perhaps, certain bool) {
	if t.IsZero() || t.Impossible() || !t.Set().Overlaps(moment.Set{s}) {
		return false, false
	}
	return true, t.Earliest() >= s.From && t.Latest() < s.Until
}

// told is when an entry happened. What is said was over when it became known, and the
// judge cuts its time there; where it may have become known after the cut-off only, the
// cut shows nothing of when it happened, and the time stands as it was told.
func (f *Figures) told(it judge.Item) moment.Time {
	if public := it.Published(); it.Happened == "" || !public.IsZero() && public.Latest() <= f.until {
		return it.When()
	}
	t, err := moment.Parse(it.Happened, f.c.Zone)
	if err != nil {
		return it.When()
	}
	return t
}

// onDay tells whether a time is of the day: it lies wholly in it; or it is known to a day
// that is not one of the case's clock, and its middle lies in it.
func (f *Figures) onDay(t moment.Time) bool {
	if _, certain := within(t, f.day); certain || t.IsZero() || t.Impossible() {
		return certain
	}
	const longest = 25 * 3600 // of a day, where clocks go back
	first, last := t.Earliest(), t.Latest()
	if !first.Finite() || !last.Finite() || last-first >= longest {
		return false
	}
	middle := first + (last-first)/2
	return middle >= f.day.From && middle < f.day.Until
}

// words sorts the entries of the day that are no reports.
func (f *Figures) words() {
	span := f.covered()
	for it := range f.bench.Words() {
		if it.Retracted {
			continue
		}
		happened, public := f.onDay(f.told(it)), f.onDay(it.Published())
		touches, _ := within(it.When(), span)
		switch body := it.Body.(type) {
		case *record.Coverage:
			period, err := moment.Parse(body.Period, f.c.Zone)
			if over, _ := within(period, span); err == nil && over {
				f.Coverage = append(f.Coverage, it)
				if body.Refused != "" {
					f.Access = append(f.Access, it)
				}
			}
			continue
		case *record.Tally:
			period, err := moment.Parse(body.Period, f.c.Zone)
			over, _ := within(period, span)
			if err == nil && over || public || touches {
				f.Of[it.Kind] = append(f.Of[it.Kind], it)
			}
			continue
		case *record.Statement:
			if body.Unattributed && (happened || public) {
				f.Claims++
				if it.Withheld {
					f.Withheld = append(f.Withheld, it.Ref)
				}
				continue
			}
		}
		if happened || public {
			f.Of[it.Kind] = append(f.Of[it.Kind], it)
		}
	}
	for _, it := range f.bench.Changes() {
		t := it.Published()
		if t.IsZero() {
			recorded, err := moment.Parse(f.c.Entries[it.Position-1].Recorded, moment.UTC())
			if err != nil {
				continue
			}
			t = recorded
		}
		if f.onDay(t) {
			it.Body = f.rule.Body(it.Body, release.Shown{})
			f.Changes = append(f.Changes, it)
		}
	}
	for _, r := range f.bench.Requests() {
		if r.State == judge.RequestOpen || r.State == judge.RequestOverdue || r.State == judge.RequestUndetermined {
			f.Requests = append(f.Requests, r)
			continue
		}
		if it, ok := f.bench.Item(r.Entry); ok {
			if perhaps, _ := within(it.When(), span); perhaps {
				f.Requests = append(f.Requests, r)
			}
		}
	}
}

// due lists the days that agreements set within a week after the cut-off.
func (f *Figures) due() {
	const week = 7 * 24 * 3600
	for _, d := range f.bench.Calendar("") {
		if d.When == "" {
			continue
		}
		t, err := moment.Parse(d.When, moment.UTC())
		if err == nil && t.Latest() > f.until && t.Earliest() <= f.until+week {
			f.Deadlines = append(f.Deadlines, d)
		}
	}
	slices.SortStableFunc(f.Deadlines, func(x, y judge.Deadline) int {
		return slices.Compare([]string{x.When, x.Agreement, x.Reading}, []string{y.When, y.Agreement, y.Reading})
	})
}
