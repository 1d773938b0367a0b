package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/truceline/truceline/problem"
)

// MaxSheet is how many entries may stand under one sheet.
const MaxSheet = 4096

// Leaf is an envelope with the bytes that stand in the record's tree.
type Leaf struct {
	Envelope
	Bytes     []byte   // the canonical envelope
	Canonical []byte   // the canonical entry, a part of Bytes
	Identity  [32]byte // SHA-256 of Canonical
}

// ReadLeaf reads an envelope of a record: canonical, with its time of recording and
// either a signature or a sheet (spec/record.md §2). The error is a problem.List; line
// is the number that its problems carry. The leaf keeps data.
func ReadLeaf(file string, line int, data []byte) (Leaf, error) {
	d := &decoder{file: file, line: line, data: data}
	l := d.leaf()
	if len(d.problems) == 0 {
		if l.Recorded == "" {
			d.fault(0, "missing", "recorded", "it has no time of recording", "a leaf carries the time at which it was recorded")
		}
		if l.Signature == "" && l.Sheet == 0 {
			d.fault(0, "unsigned", "signature", "nothing vouches for the author", "a leaf carries a signature or names its sheet")
		}
	}
	return l, d.problems.Err()
}

// ReadSubmission reads an envelope that is to be recorded: canonical, signed unless it
// is to stand under a sheet, and without what the recorder sets. The error is a
// problem.List. The leaf keeps data.
func ReadSubmission(file string, line int, data []byte) (Leaf, error) {
	d := &decoder{file: file, line: line, data: data}
	l := d.leaf()
	if len(d.problems) == 0 && (l.Recorded != "" || l.Sheet != 0) {
		d.fault(0, "not-yours", "recorded", "the time of recording and the sheet are the recorder's to set", `send {"entry":{…},"signature":"…"}`)
	}
	return l, d.problems.Err()
}

// leaf reads an envelope that must be canonical.
func (d *decoder) leaf() Leaf {
	n, env, ok := d.tree()
	if !ok || len(d.problems) > 0 {
		return Leaf{}
	}
	if right := appendNode(make([]byte, 0, len(d.data)), &n); !bytes.Equal(right, d.data) {
		at := 0
		for at < len(right) && at < len(d.data) && right[at] == d.data[at] {
			at++
		}
		d.fault(at, "not-canonical", "", "the envelope is not in its canonical form from here on", "write it as RFC 8785 does: members sorted, no spaces, no needless escapes")
		return Leaf{}
	}
	entry := n.member("entry")
	l := Leaf{Envelope: env, Bytes: d.data, Canonical: d.data[entry.at:entry.end:entry.end]}
	l.Identity = sha256.Sum256(l.Canonical)
	return l
}

// tree reads the envelope and gives the tree it was read from.
func (d *decoder) tree() (n node, env Envelope, ok bool) {
	if len(d.data) > MaxLine {
		d.fault(MaxLine, "line-too-long", "", fmt.Sprintf("the envelope has %d bytes", len(d.data)), fmt.Sprintf("at most %d: keep long things as files and name their hash", MaxLine))
		return n, env, false
	}
	if n, ok = d.parse(`an envelope is {"entry":{…},"signature":"…"}`); !ok {
		return n, env, false
	}
	d.object(&n, reflect.ValueOf(&env).Elem(), "")
	d.vouched(&n, &env)
	return n, env, true
}

// vouched checks what an envelope says of its recording and its author.
func (d *decoder) vouched(n *node, env *Envelope) {
	if env.Recorded != "" && !isRecorded(env.Recorded) {
		d.fault(n.member("recorded").at, "bad-time", "recorded", fmt.Sprintf("%q is not a time of recording", env.Recorded), "write RFC 3339 in UTC, whole seconds: 2026-11-23T03:10:00Z")
	}
	if env.Signature != "" {
		if raw, err := base64.StdEncoding.Strict().DecodeString(env.Signature); err != nil || len(raw) != 64 {
			d.fault(n.member("signature").at, "bad-signature", "signature", "it has not the form of a signature", "a signature is the standard base64 of 64 bytes")
		}
	}
	if env.Sheet < 0 {
		d.fault(n.member("sheet").at, "bad-number", "sheet", "positions count from 1", "")
	}
	if env.Signature != "" && env.Sheet != 0 {
		d.fault(n.member("sheet").at, "signed-twice", "sheet", "it has a signature and a sheet", "an entry has the one or the other")
	}
}

// AppendEnvelope writes the canonical envelope of a canonical entry. What is empty or
// zero is left out.
func AppendEnvelope(out, entry []byte, recorded, signature string, sheet int) []byte {
	out = append(append(out, `{"entry":`...), entry...)
	if recorded != "" {
		out = append(append(append(out, `,"recorded":"`...), recorded...), '"')
	}
	if sheet != 0 {
		out = strconv.AppendInt(append(out, `,"sheet":`...), int64(sheet), 10)
	}
	if signature != "" {
		out = append(append(append(out, `,"signature":"`...), signature...), '"')
	}
	return append(out, '}')
}

// Submission gives the canonical envelope of an entry as its author sends it; without
// a signature it is to stand under a sheet.
func Submission(e Entry, signature string) (Leaf, error) {
	entry, err := Canonical(e)
	if err != nil {
		return Leaf{}, err
	}
	return ReadSubmission("", 1, AppendEnvelope(nil, entry, "", signature, 0))
}

// SignedText is what an author signs: one entry of one record (spec/record.md §3).
func SignedText(origin string, id [32]byte) []byte {
	return fmt.Appendf(nil, "truceline/v1 entry\n%s\n%x\n", origin, id)
}

// sealed checks the list of commitments.
func (c *checker) sealed(list []Sealed) {
	if len(list) > maxSealedFields {
		c.bad("too-many", "sealed", fmt.Sprintf("%d fields are sealed", len(list)), fmt.Sprintf("at most %d: seal an object as a whole", maxSealedFields))
	}
	for i, s := range list {
		field := fmt.Sprintf("sealed[%d]", i)
		if !Sealable(s.Field) {
			c.bad("bad-field", field+".field", fmt.Sprintf("%.80q cannot be sealed", s.Field), `give a path within the entry: "said_by.name", "body.place"; kind, ref, author and sealed stay open`)
		}
		if i > 0 && list[i-1].Field >= s.Field {
			c.bad("unsorted", field+".field", fmt.Sprintf("%s stands after %s", s.Field, list[i-1].Field), "sort the sealed fields by name, each once")
		}
		if !isHash(s.Commitment) {
			c.bad("bad-hash", field+".commitment", fmt.Sprintf("%.80q is not a SHA-256", s.Commitment), "write 64 lower-case hexadecimal digits")
		}
	}
}

// Sealable tells whether a field may be sealed: a path of names and indices that
// begins with none of what the record itself needs.
func Sealable(field string) bool {
	if field == "" || len(field) > 128 {
		return false
	}
	for i, step := range strings.Split(field, ".") {
		name, index, indexed := strings.Cut(step, "[")
		if i == 0 && (name == "kind" || name == "ref" || name == "author" || name == "sealed") {
			return false
		}
		if name == "" || strings.ContainsFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' && r != '-' && (r < '0' || r > '9') }) {
			return false
		}
		if n, ok := strings.CutSuffix(index, "]"); indexed {
			if k, err := strconv.Atoi(n); !ok || err != nil || k < 0 || strconv.Itoa(k) != n {
				return false
			}
		}
	}
	return true
}

func isHash(s string) bool {
	ok := len(s) == 64
	for i := range len(s) {
		ok = ok && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'f')
	}
	return ok
}

// Fit holds an entry to those before it, which find gives as they were recorded: what
// it mentions is there and of the right kind, and what it changes is its author's to
// change. That its own reference is free is the caller's to see.
func Fit(e *Entry, find func(Ref) (*Entry, bool)) problem.List {
	var list problem.List
	bad := func(code, field, what, mend string) {
		list.Add(problem.Problem{Code: code, Field: "entry." + field, What: what, Mend: mend})
	}
	for _, m := range mentionsOf(e) {
		old, ok := find(m.ref)
		switch {
		case m.ref == e.Ref:
			bad("self-reference", m.field, fmt.Sprintf("%s names itself", e.Ref), "name another entry, one before it")
		case !ok:
			bad("no-such-entry", m.field, fmt.Sprintf("%s is not in the record", m.ref), "name an entry that is recorded already")
		default:
			m.fits(old, bad)
		}
	}
	if ref := changed(e.Body); ref != "" && ref != e.Ref {
		if old, ok := find(ref); ok {
			changes(e, old, bad)
		}
	}
	return list
}
