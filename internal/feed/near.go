package feed

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// Rule says in words when two articles are told as nearly the same.
const Rule = "at least half of their runs of 5 words (of 8 characters in Chinese) are the same, by a sketch of 128 of them"

const (
	runWords  = 5
	runHan    = 8
	sketched  = 128
	nearShare = 0.5
)

// Sketch is the 128 least hashes of an article's runs of words, in rising order: the share
// that two sketches have in common tells the share that the articles have (Broder 1997).
type Sketch []uint64

// SketchOf sketches a text; letters and figures alone count, without their case.
func SketchOf(text string) Sketch {
	var words []string
	han := 0
	fields := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	for _, f := range fields {
		for _, r := range f {
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
	}
	run := runWords
	if han*2 > len(fields) { // Chinese is not parted into words
		run = runHan
		for _, f := range fields {
			for _, r := range f {
				words = append(words, string(r))
			}
		}
	} else {
		words = fields
	}
	seen := map[uint64]bool{}
	for i := 0; i < len(words) && (i == 0 || i+run <= len(words)); i++ {
		h := fnv.New64a()
		for _, w := range words[i:min(i+run, len(words))] {
			_, _ = h.Write([]byte(w))
			_, _ = h.Write([]byte{0})
		}
		x := h.Sum64() // FNV's high bits are poorly mixed: finish as MurmurHash3 does
		x ^= x >> 33
		x *= 0xff51afd7ed558ccd
		x ^= x >> 33
		x *= 0xc4ceb9fe1a85ec53
		x ^= x >> 33
		seen[x] = true
	}
	s := make(Sketch, 0, len(seen))
	for x := range seen {
		s = append(s, x)
	}
	slices.Sort(s)
	return s[:min(len(s), sketched)]
}

// Share estimates how much of two articles is the same: 0 to 1.
func (s Sketch) Share(t Sketch) float64 {
	if len(s) == 0 || len(t) == 0 {
		return 0
	}
	both, all := 0, 0
	for i, j := 0, 0; all < sketched && (i < len(s) || j < len(t)); all++ {
		switch {
		case j == len(t) || i < len(s) && s[i] < t[j]:
			i++
		case i == len(s) || t[j] < s[i]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(all)
}

// Near tells whether two articles are nearly the same, by Rule.
func (s Sketch) Near(t Sketch) bool { return s.Share(t) >= nearShare }

// MarshalText writes a sketch as hexadecimal digits.
func (s Sketch) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 8*len(s))
	for _, x := range s {
		raw = binary.BigEndian.AppendUint64(raw, x)
	}
	return []byte(hex.EncodeToString(raw)), nil
}

// UnmarshalText reads what MarshalText writes.
func (s *Sketch) UnmarshalText(text []byte) error {
	raw, err := hex.DecodeString(string(text))
	if err != nil {
		return err
	}
	*s = nil
	for ; len(raw) >= 8; raw = raw[8:] {
		*s = append(*s, binary.BigEndian.Uint64(raw))
	}
	return nil
}
