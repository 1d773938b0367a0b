// Package score measures proposals against gold. A statement is matched by its text:
// two texts are the same when the tokens they share give an F1 of 0.8 or more, Chinese by
// characters. Each gold statement takes at most one proposal, the best first.
package score

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/truceline/truceline/press"
)

// Same is the token F1 from which two texts are taken for one.
const Same = 0.8

// Counts is what was found of what was to be found.
type Counts struct{ Gold, Proposed, Hit int }

// Precision is how much of what was proposed is right; 1 where nothing was proposed.
func (c Counts) Precision() float64 { return ratio(c.Hit, c.Proposed) }

// Recall is how much of the gold was found; 1 where there is none.
func (c Counts) Recall() float64 { return ratio(c.Hit, c.Gold) }

// F1 is the harmonic mean of precision and recall.
func (c Counts) F1() float64 { return ratio(2*c.Hit, c.Gold+c.Proposed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (c *Counts) add(d Counts) {
	c.Gold += d.Gold
	c.Proposed += d.Proposed
	c.Hit += d.Hit
}

// Score is how proposals stand to gold. Speaker, Said, Direct and Outlet are counted
// among the statements whose text is right.
type Score struct {
	Text         Counts // statements found by their text
	EndToEnd     Counts // text and speaker right: the figure to quote
	Speaker      Counts
	Said         Counts
	Direct       Counts
	Outlet       Counts
	Unattributed Counts
	Events       Counts
	Furniture    int // proposals that take in furniture
}

// Add adds the counts of another article.
func (s *Score) Add(t Score) {
	s.Text.add(t.Text)
	s.EndToEnd.add(t.EndToEnd)
	s.Speaker.add(t.Speaker)
	s.Said.add(t.Said)
	s.Direct.add(t.Direct)
	s.Outlet.add(t.Outlet)
	s.Unattributed.add(t.Unattributed)
	s.Events.add(t.Events)
	s.Furniture += t.Furniture
}

// Of measures the proposals for one article. Furniture is where the page's furniture
// stands in it.
func Of(gold, got *press.Proposals, furniture []press.Span) Score {
	var s Score
	want, have := statements(gold), statements(got)
	pairs := Match(want, have, func(i, j int) bool { return SameSpeaker(gold.Statements[i], got.Statements[j]) })
	s.Text = Counts{len(want), len(have), len(pairs)}
	s.EndToEnd = Counts{len(want), len(have), 0}
	for i, j := range pairs {
		g, h := gold.Statements[i], got.Statements[j]
		tally := func(c *Counts, right bool) {
			c.Gold++
			c.Proposed++
			if right {
				c.Hit++
			}
		}
		speaker := SameSpeaker(g, h)
		if speaker {
			s.EndToEnd.Hit++
		}
		tally(&s.Speaker, speaker)
		tally(&s.Said, same(g.Said, h.Said))
		tally(&s.Direct, g.Direct == h.Direct)
		tally(&s.Outlet, Outlets(g.Outlet, h.Outlet))
	}
	one, two := claims(gold), claims(got)
	s.Unattributed = Counts{len(one), len(two), len(Match(one, two, nil))}
	one, two = nil, nil
	for _, e := range gold.Events {
		one = append(one, Tokens(e.Text))
	}
	for _, e := range got.Events {
		two = append(two, Tokens(e.Text))
	}
	s.Events = Counts{len(one), len(two), len(Match(one, two, func(i, j int) bool { return gold.Events[i].Kind == got.Events[j].Kind }))}
	for _, span := range spans(got) {
		for _, f := range furniture {
			if span[0] < f[1] && f[0] < span[1] {
				s.Furniture++
				break
			}
		}
	}
	return s
}

func spans(p *press.Proposals) []press.Span {
	var list []press.Span
	for _, s := range p.Statements {
		list = append(list, s.Parts...)
	}
	for _, u := range p.Unattributed {
		list = append(list, u.Span)
	}
	for _, e := range p.Events {
		list = append(list, e.Span)
	}
	return list
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Match pairs texts of gold with texts proposed: the most alike first, and of two that
// are as alike the one that also pleases prefer, which may be nil.
func Match(gold, got [][]string, prefer func(i, j int) bool) map[int]int {
	type pair struct {
		i, j int
		f1   float64
	}
	var all []pair
	for i := range gold {
		for j := range got {
			if f := F1(gold[i], got[j]); f >= Same {
				if prefer != nil && prefer(i, j) {
					f += 2
				}
				all = append(all, pair{i, j, f})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(b.f1, a.f1) })
	pairs, taken := map[int]int{}, map[int]bool{}
	for _, p := range all {
		if _, ok := pairs[p.i]; !ok && !taken[p.j] {
			pairs[p.i], taken[p.j] = p.j, true
		}
	}
	return pairs
}

// F1 compares two lists of tokens without their order.
func F1(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, t := range a {
		count[t]++
	}
	hit := 0
	for _, t := range b {
		if count[t] > 0 {
			count[t]--
			hit++
		}
	}
	return 2 * float64(hit) / float64(len(a)+len(b))
}

// Tokens gives the words of a text in small letters, Chinese characters one by one;
// marks are none.
func Tokens(text string) []string {
	var list []string
	from := -1
	flush := func(end int) {
		if from >= 0 {
			list = append(list, strings.ToLower(text[from:end]))
			from = -1
		}
	}
	for i, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			flush(i)
			list = append(list, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if from < 0 {
				from = i
			}
		default:
			flush(i)
		}
	}
	flush(len(text))
	return list
}

// SameSpeaker tells whether the speaker is right: the family name is found, or of an
// anonymous source half of the words of its description.
func SameSpeaker(gold, got press.Statement) bool {
	want, have := Tokens(gold.Speaker), Tokens(got.Speaker)
	if len(want) == 0 || len(have) == 0 {
		return false
	}
	if gold.Anonymous {
		return share(want, have) >= 0.5
	}
	if got.Anonymous {
		return false
	}
	if strings.IndexFunc(gold.Speaker, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
		name := gold.Speaker
		if i := strings.LastIndexAny(name, "·・‧•"); i >= 0 {
			_, n := utf8.DecodeRuneInString(name[i:])
			name = name[i+n:]
		}
		return strings.Contains(got.Speaker, name) || strings.Contains(gold.Speaker, got.Speaker) && utf8.RuneCountInString(got.Speaker) > 1
	}
	return slices.Contains(have, want[len(want)-1])
}

func share(want, have []string) float64 {
	n := 0
	for _, w := range want {
		if slices.Contains(have, w) {
			n++
		}
	}
	return float64(n) / float64(len(want))
}

// Outlets tells whether two names of an outlet mean the same.
func Outlets(a, b string) bool {
	one, two := Tokens(a), Tokens(b)
	if len(one) == 0 || len(two) == 0 {
		return len(one) == len(two)
	}
	return F1(one, two) >= 0.5
}
