package people

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// How a name was found, best first.
const (
	BySpelling = "spelling" // a spelling of the table, letter by letter
	BySound    = "sound"    // the same in another script, system or case of its language
	ByFamily   = "part"     // a part of the name
	ByLikeness = "likeness" // a letter or two differ
)

// Match is somebody whom a name may mean.
type Match struct {
	ID    string `json:"id"`
	By    string `json:"by"`
	Means string `json:"spelling"` // the spelling of the table that it is taken for
	Sure  bool   `json:"sure"`     // no letter differs, and the family name is among what was given
	rank  int
}

// Find gives those whom a name may mean, by id: of all that match only those that match
// best. One is an answer; several are a question to whoever asked.
func (t *Table) Find(name string) []Match {
	want, whole := wordsOf(name), fold(name)
	if len(want) == 0 {
		return nil
	}
	best := map[int]Match{}
	for i := range t.index {
		s := &t.index[i]
		rank, by := s.fits(whole, want)
		if rank == 0 {
			continue
		}
		if had, ok := best[s.person]; !ok || rank > had.rank {
			best[s.person] = Match{t.People[s.person].ID, by, s.text(), rank >= 4, rank}
		}
	}
	top := 0
	for _, m := range best {
		top = max(top, m.rank)
	}
	var list []Match
	for _, m := range best {
		if m.rank == top {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b Match) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func (s *spelling) text() string {
	list := make([]string, len(s.words))
	for i, w := range s.words {
		list[i] = w.text
	}
	return strings.Join(list, " ")
}

// fits tells how well a name fits a spelling: 0 not at all.
func (s *spelling) fits(whole string, want []word) (rank int, by string) {
	if whole == s.whole {
		return 6, BySpelling
	}
	exact, near, used := 0, 0, make([]bool, len(s.words))
	last := false // whether the family name, which stands last, is among them
	for _, w := range want {
		hit, quality := -1, 0
		for i, have := range s.words {
			if q := w.likens(have); !used[i] && q > quality {
				hit, quality = i, q
			}
		}
		switch {
		case hit < 0:
			return 0, ""
		case quality == 1:
			near++
		default:
			exact++
		}
		used[hit] = true
		last = last || hit == len(s.words)-1
	}
	switch {
	case near == 0 && exact == len(s.words):
		return 5, BySound
	case near == 0 && last:
		return 4, ByFamily
	case near > 0 && last:
		return 3, ByLikeness
	case near == 0:
		return 2, ByFamily
	}
	return 1, ByLikeness
}

// likens compares two words: 3 the same sound, 2 an initial, 1 nearly the same, 0 not.
func (w word) likens(have word) int {
	if meet(w.sounds, have.sounds) || len(w.stem) > 0 && len(have.stem) > 0 && meet(w.stem, have.stem) {
		return 3
	}
	if scriptOf(w.text) == hanScript || scriptOf(have.text) == hanScript {
		return 0
	}
	if n := len([]rune(w.text)); n == 1 && meetInitial(w.sounds, have.sounds) {
		return 2
	}
	for _, a := range append(slices.Clone(w.sounds), w.stem...) {
		for _, b := range append(slices.Clone(have.sounds), have.stem...) {
			n := min(len(a), len(b))
			if n >= 5 && distance(a, b) <= 1 || n >= 9 && distance(a, b) <= 2 {
				return 1
			}
		}
	}
	return 0
}

func meet(a, b []string) bool {
	for _, s := range a {
		if s != "" && slices.Contains(b, s) {
			return true
		}
	}
	return false
}

func meetInitial(initial, full []string) bool {
	for _, s := range full {
		for _, i := range initial {
			if i != "" && strings.HasPrefix(s, i) {
				return true
			}
		}
	}
	return false
}

// distance is how many letters have to be put in, taken out or changed.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner := row[0]
		row[0] = i + 1
		for j := range y {
			change := corner
			if x[i] != y[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, corner+1)
		}
	}
	return row[len(y)]
}

func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}

func wordsOf(name string) []word {
	var list []word
	for _, text := range words(name) {
		w := word{text: text, sounds: sounds(text)}
		if scriptOf(text) == cyrillicScript {
			w.stem = sounds(stem(text))
		}
		list = append(list, w)
	}
	return list
}
