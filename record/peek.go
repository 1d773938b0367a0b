package record

import (
	"bytes"
	"crypto/sha256"
	"errors"
)

// Peeked is what a leaf says of its entry at a glance.
type Peeked struct {
	Identity  [32]byte
	Canonical []byte // the entry's canonical bytes, a part of the leaf
	Kind      Kind
	Ref       string
	Author    string
}

var errPeek = errors.New("the leaf is not an envelope")

// Peek reads kind, reference, author and identity of a leaf that was checked when it was
// recorded, some ten times as fast as ReadLeaf. It checks nothing of it again.
func Peek(leaf []byte) (p Peeked, err error) {
	const opening = `{"entry":`
	if !bytes.HasPrefix(leaf, []byte(opening)) {
		return p, errPeek
	}
	entry := leaf[len(opening):]
	end := skipValue(entry, 0)
	if end < 2 {
		return p, errPeek
	}
	p.Canonical = entry[:end:end]
	p.Identity = sha256.Sum256(p.Canonical)
	for i := 1; i < end-1; {
		name := skipValue(entry, i)
		if name < 0 || name >= end || entry[name] != ':' {
			return p, errPeek
		}
		value := skipValue(entry, name+1)
		if value < 0 || value >= end {
			return p, errPeek
		}
		// Names and references are plain ASCII: no escapes.
		switch text := entry[name+1 : value]; string(entry[i:name]) {
		case `"kind"`:
			p.Kind = Kind(bare(text))
		case `"ref"`:
			p.Ref = bare(text)
		case `"author"`:
			p.Author = bare(text)
		}
		i = value + 1
	}
	if p.Kind == "" || p.Ref == "" || p.Author == "" {
		return p, errPeek
	}
	return p, nil
}

// bare gives what stands between quotation marks.
func bare(text []byte) string {
	if len(text) < 2 || text[0] != '"' {
		return ""
	}
	return string(text[1 : len(text)-1])
}

// skipValue gives where the JSON value that begins at i ends, or -1.
func skipValue(data []byte, i int) int {
	depth := 0
	for i < len(data) {
		switch data[i] {
		case '"':
			if i = skipString(data, i); i < 0 {
				return -1
			}
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i // a bare value ended before it
			}
			depth--
			i++
		case ',':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			if depth == 0 {
				continue // a number or a word goes on
			}
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}

// skipString gives where a string that begins at i ends.
func skipString(data []byte, i int) int {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return -1
}
