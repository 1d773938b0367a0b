package judge

import (
	"slices"

	"github.com/truceline/truceline/record"
)

// Classification is what an incident is under one clause and reading, of the
// facts as the report tells them.
type Classification string

// The classifications. Not in force outranks the rest; then a test that fails;
// then an exception; what is left open is undetermined.
const (
	Violation        Classification = "violation"
	NoViolation      Classification = "no-violation"
	Permitted        Classification = "permitted"
	NotInForce       Classification = "not-in-force"
	NotDecided       Classification = "undetermined"
	DependsOnReading Classification = "depends-on-reading" // of a summary across readings only
)

// Ruling is the answer for one report, agreement, clause and reading.
type Ruling struct {
	Report         record.Ref     `json:"report"`
	Agreement      string         `json:"agreement"`
	Clause         string         `json:"clause"`
	Reading        string         `json:"reading"`
	Classification Classification `json:"classification"`
	Occurrence     Occurrence     `json:"occurrence"`
	Attribution    Attribution    `json:"attribution"`
	Reasons        []Step         `json:"reasons"`
	// Settles lists, for what is undetermined, the smallest sets of open facts that
	// would settle it.
	Settles []Settling `json:"settles,omitempty"`
	// Established tells, for a violation, whether it is established by the clause's
	// own standard; nil for every other classification.
	Established *Step `json:"established,omitempty"`
	// Ruled is what a body decided; where the text empowers that body it outranks the
	// classification, and both are shown.
	Ruled    string       `json:"ruled,omitempty"`
	RuledBy  []record.Ref `json:"ruled_by,omitempty"`
	Outranks bool         `json:"outranks,omitempty"`
	// Depends names what a new entry would have to touch to change the ruling.
	Depends []string `json:"depends,omitempty"`
}

// Summary is what a reader is told of one report and agreement across readings.
type Summary struct {
	Report    record.Ref                  `json:"report"`
	Agreement string                      `json:"agreement"`
	ByReading map[string][]Classification `json:"by_reading"` // the distinct classifications over its clauses, most grave first
	Overall   Classification              `json:"overall"`    // DependsOnReading where the readings differ
}

// gravity orders classifications for a reading's headline: a violation of one
// clause outweighs what the others say.
var gravity = []Classification{Violation, NotDecided, Permitted, NotInForce, NoViolation}

// Summarise sums up rulings on one report and agreement. The text is left out
// where there is no common text. Results are never averaged.
func (b *Bench) Summarise(rulings []Ruling) []Summary {
	var list []Summary
	at := map[[2]string]int{}
	for n := range rulings {
		r := &rulings[n]
		key := [2]string{string(r.Report), r.Agreement}
		i := len(list) - 1 // mostly they stand in order
		ok := i >= 0 && list[i].Agreement == r.Agreement && list[i].Report == r.Report
		if !ok {
			i, ok = at[key]
		}
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, Summary{Report: r.Report, Agreement: r.Agreement, ByReading: map[string][]Classification{}})
		}
		if r.Reading == Text && !b.versions[r.Agreement].CommonText {
			continue
		}
		list[i].ByReading[r.Reading] = insert(list[i].ByReading[r.Reading], r.Classification)
	}
	for i := range list {
		list[i].Overall = overall(list[i].ByReading)
	}
	return list
}

// insert adds a classification once, in the order of gravity.
func insert(list []Classification, c Classification) []Classification {
	if slices.Contains(list, c) {
		return list
	}
	out := make([]Classification, 0, len(list)+1)
	for _, g := range gravity {
		if g == c || slices.Contains(list, g) {
			out = append(out, g)
		}
	}
	return out
}

// overall is the common headline of the readings, or that it depends on them.
func overall(byReading map[string][]Classification) Classification {
	var one Classification
	for _, list := range byReading {
		if one != "" && one != list[0] {
			return DependsOnReading
		}
		one = list[0]
	}
	if one == "" {
		return NotDecided
	}
	return one
}
