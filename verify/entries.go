package verify

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// state is what the check of an entry needs of those before it: per entry some hundred
// bytes at most.
type state struct {
	r    *Report
	keys *record.Keys
	refs map[refKey]stub
	// entries that others are held to by more than their kind and author
	whole   map[record.Ref]*record.Entry
	authors map[string]uint32
	names   []string

	recorded string // of the last entry
	sheet    *sheet // whose entries are expected
	gap      bool   // some entry before could not be read
	unnamed  int64  // references that may lead into a gap
	unsigned int64  // entries whose author may have been admitted in a gap

	cosigners []cosigner
	notes     []cosignable
	files     []named
	published []publication
	bound     *publication // the last that binds case.hcl
}

// refKey stands for a reference: the first half of its SHA-256.
type refKey [16]byte

func keyOf(ref record.Ref) refKey {
	sum := sha256.Sum256([]byte(ref))
	return refKey(sum[:16])
}

// stub is what is kept of an entry.
type stub struct {
	position int64
	author   uint32
	kind     uint8
}

// sheet is a sheet whose entries are being read.
type sheet struct {
	position int64
	author   string
	count    int
	root     string
	ids      []proof.Hash
	seen     int  // entries, those among them that could not be read
	broken   bool // some could not be read
}

// kinds lists the kinds, by the number that a stub holds.
var kinds = record.Kinds()

var kindOf = func() map[record.Kind]uint8 {
	m := map[record.Kind]uint8{}
	for i, k := range kinds {
		m[k] = uint8(i) //nolint:gosec // a few dozen
	}
	return m
}()

// entry checks one leaf in its place, and the line of record.jsonl beside it.
func (s *state) entry(b *bundle, i int, jsonl *lines) {
	position := b.first() + int64(i)
	if b.raw == nil || b.bad[i] {
		jsonl.next(nil)
		s.miss()
		return
	}
	jsonl.next(b.raw[i])
	s.r.Entries++
	s.r.Bytes += int64(len(b.raw[i]))
	for _, p := range b.faults[i] {
		b.found = append(b.found, told(p, b.path, position))
	}
	l := &b.leaves[i]
	if len(b.faults[i]) > 0 || l.Entry.Body == nil {
		s.miss()
		return
	}
	e := &l.Entry
	bad := func(code, what, mend string) {
		b.found = append(b.found, Finding{code, b.path, position, what, mend})
	}
	if l.Recorded < s.recorded {
		bad("recorded-backwards", fmt.Sprintf("recorded runs backwards: %s after %s", l.Recorded, s.recorded), "times of recording never run backwards")
	} else {
		s.recorded = l.Recorded
		s.r.Recorded = l.Recorded
	}
	s.references(b, e, position)
	signed := s.vouched(b, i, l, position, bad)
	s.remember(e, position)
	if k, ok := e.Body.(*record.Key); ok && signed {
		s.key(k, e, position)
	}
	s.note(e, position)
}

// told makes a finding of a problem.
func told(p problem.Problem, file string, position int64) Finding {
	what := p.What
	if p.Column > 0 {
		what = fmt.Sprintf("byte %d: %s", p.Column, what)
	}
	if p.Field != "" {
		what = p.Field + ": " + what
	}
	return Finding{p.Code, file, position, what, p.Mend}
}

// miss passes an entry that could not be read.
func (s *state) miss() {
	s.gap = true
	if s.sheet != nil {
		s.sheet.broken = true
		s.under(nil)
	}
}

// references checks that the entry's own reference is new and that those in it lead to
// earlier entries.
func (s *state) references(b *bundle, e *record.Entry, position int64) {
	if old, taken := s.refs[keyOf(e.Ref)]; taken {
		b.found = append(b.found, Finding{"duplicate-ref", b.path, position, fmt.Sprintf("the reference %s belongs to the entry at position %d", e.Ref, old.position), "each entry has a reference of its own"})
	}
	for _, p := range record.Fit(e, s.find) {
		if p.Code == "no-such-entry" {
			if s.gap {
				s.unnamed++
				continue
			}
			p.What = strings.Replace(p.What, "is not in the record", "is no entry before this one", 1)
		}
		b.found = append(b.found, told(p, b.path, position))
	}
}

// find gives what is kept of an earlier entry.
func (s *state) find(ref record.Ref) (*record.Entry, bool) {
	if e := s.whole[ref]; e != nil {
		return e, true
	}
	k, ok := s.refs[keyOf(ref)]
	if !ok {
		return nil, false
	}
	return &record.Entry{Kind: kinds[k.kind], Ref: ref, Author: s.names[k.author]}, true
}

// remember keeps what later entries are held to.
func (s *state) remember(e *record.Entry, position int64) {
	author, ok := s.authors[e.Author]
	if !ok {
		author = uint32(len(s.names)) //nolint:gosec // bounded by the entries
		name := string(append([]byte(nil), e.Author...))
		s.names = append(s.names, name)
		s.authors[name] = author
	}
	key := keyOf(e.Ref)
	if _, taken := s.refs[key]; taken {
		return
	}
	s.refs[key] = stub{position, author, kindOf[e.Kind]}
	switch e.Kind {
	case record.KindAgreement, record.KindReading, record.KindArea:
		s.whole[e.Ref] = e
	}
}

// vouched checks who vouches for an entry: its own signature, which is verified later,
// or a sheet. It answers whether a change of keys takes effect.
func (s *state) vouched(b *bundle, i int, l *record.Leaf, position int64, bad func(code, what, mend string)) bool {
	e := &l.Entry
	if l.Sheet != 0 {
		s.onSheet(l, position, bad)
		if err := s.keys.May(e); err != nil {
			s.refused(b, err, position)
		}
		return false
	}
	s.closeSheet()
	if s.gap && s.keys.Keeper() == "" { // the keeper's key was in what could not be read
		s.unsigned++
		s.begin(e, position)
		return false
	}
	key, err := s.keys.Author(e)
	switch {
	case err != nil && s.gap && codeOf(err) == "unknown-author":
		s.unsigned++
		s.begin(e, position)
		return true // it may well be right: what follows is not to be blamed
	case err != nil:
		s.refused(b, err, position)
		s.begin(e, position)
		return false
	}
	ok := true
	if e.Kind == record.KindKey { // what follows depends on it
		if j := (job{i, key}); !key.Verifies(record.SignedText(s.r.Origin, l.Identity), l.Signature) {
			b.found = append(b.found, forged(b, j))
			ok = false
		} else {
			b.signed++
		}
	} else {
		b.jobs = append(b.jobs, job{i, key})
	}
	switch err := s.keys.May(e); {
	case err == nil:
	case s.gap && (codeOf(err) == "unknown-key" || codeOf(err) == "last-key"):
		s.unsigned++
	default:
		s.refused(b, err, position)
		ok = false
	}
	s.begin(e, position)
	return ok
}

func (s *state) refused(b *bundle, err error, position int64) {
	var list problem.List
	list.Take(err)
	for _, p := range list {
		b.found = append(b.found, told(p, b.path, position))
	}
}

func codeOf(err error) string {
	var list problem.List
	if list.Take(err); len(list) > 0 {
		return list[0].Code
	}
	return ""
}

// begin begins a sheet.
func (s *state) begin(e *record.Entry, position int64) {
	if body, ok := e.Body.(*record.Sheet); ok {
		s.r.Sheets++
		s.sheet = &sheet{position: position, author: e.Author, count: body.Count, root: body.Root}
	}
}

// onSheet checks an entry that stands under a sheet.
func (s *state) onSheet(l *record.Leaf, position int64, bad func(code, what, mend string)) {
	e := &l.Entry
	switch {
	case s.sheet == nil || int64(l.Sheet) != s.sheet.position:
		if s.gap && s.sheet == nil && int64(l.Sheet) < position {
			s.unsigned++
			return
		}
		bad("no-sheet", fmt.Sprintf("it says that it stands under the sheet at position %d, which is none or has its entries already", l.Sheet), "nobody vouches for this entry")
		return
	case e.Kind == record.KindKey || e.Kind == record.KindSheet:
		bad("not-under-sheet", fmt.Sprintf("an entry of kind %s stands under a sheet", e.Kind), "keys and sheets are signed one by one")
	case e.Author != s.sheet.author:
		bad("other-author", fmt.Sprintf("it is by %s and the sheet at position %d by %s", e.Author, s.sheet.position, s.sheet.author), "an author signs sheets of his own entries only")
	}
	id := proof.LeafHash(l.Identity[:])
	s.under(&id)
}

// under counts an entry under the present sheet and checks the root after the last.
func (s *state) under(id *proof.Hash) {
	h := s.sheet
	h.seen++
	if id != nil {
		h.ids = append(h.ids, *id)
	}
	if h.seen < h.count {
		return
	}
	s.sheet = nil
	if h.broken {
		s.r.skipped("sheet", s.file(h.position), h.position, "the root of the sheet could not be computed: an entry under it could not be read")
		return
	}
	if root := proof.Root(h.ids); fmt.Sprintf("%x", root[:]) != h.root {
		s.r.bad("sheet-root", s.file(h.position), h.position, fmt.Sprintf("the sheet signs the root %s and its entries have %x", h.root, root[:]), "nobody vouches for the entries under it")
	}
}

// closeSheet ends a sheet whose entries are not all there.
func (s *state) closeSheet() {
	if h := s.sheet; h != nil {
		s.sheet = nil
		s.r.bad("sheet-short", s.file(h.position), h.position, fmt.Sprintf("the sheet at position %d lacks %d of its %d entries", h.position, h.count-h.seen, h.count), "a sheet is recorded with all of its entries or not at all")
	}
}

// file is the bundle in which a position stands.
func (s *state) file(position int64) string {
	index := (position - 1) / proof.TileWidth
	return proof.EntriesPath(index, proof.Width(s.r.Size, 0, index))
}

// key brings the keys on.
func (s *state) key(k *record.Key, e *record.Entry, position int64) {
	s.keys.Apply(int(position), e)
	if k.Event == "admitted" {
		s.r.Keys++
	}
	for i := range s.cosigners {
		if c := &s.cosigners[i]; c.key.Name() == k.Name && c.until == 0 {
			c.until = position
		}
	}
	if now := s.keys.Of(k.Name); now != nil && now.Cosigner && now.Revoked == 0 {
		if v, err := proof.ParseVerifier(now.Public); err == nil {
			s.cosigners = append(s.cosigners, cosigner{key: v, from: position})
		}
	}
}

// end checks what is open after the last entry.
func (s *state) end() {
	s.closeSheet()
	if s.unnamed > 0 {
		s.r.skipped("references", "", 0, fmt.Sprintf("%d references lead to nothing that could be read; entries before them could not be", s.unnamed))
	}
	if s.unsigned > 0 {
		s.r.skipped("signatures", "", 0, fmt.Sprintf("%d entries are by authors, or under sheets, that no entry which could be read makes known; entries before them could not be", s.unsigned))
	}
}

// lines is record.jsonl as it is read beside the bundles.
type lines struct {
	file  fs.File
	r     *bufio.Reader
	at    int64 // lines that were read
	first int64 // the first line that differs
	other int64 // how many do
	ended bool
}

func (v *run) openLines() {
	f, err := v.fsys.Open(linesFile)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			v.lacks(linesFile, 0, err)
		}
		return
	}
	v.jsonl = &lines{file: f, r: bufio.NewReaderSize(f, record.MaxLine+2)}
}

// next holds the next line to a leaf; nil: to nothing, for the leaf is not known.
func (l *lines) next(leaf []byte) {
	if l == nil || l.ended {
		return
	}
	text, err := l.r.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) && len(text) == 0 {
		l.ended = true
		return
	}
	l.at++
	if leaf != nil && (err != nil || !bytes.Equal(text[:len(text)-1], leaf)) {
		if l.other++; l.first == 0 {
			l.first = l.at
		}
	}
	for errors.Is(err, bufio.ErrBufferFull) { // pass the rest of a line that is too long
		_, err = l.r.ReadSlice('\n')
	}
}

// closeLines tells how record.jsonl differs.
func (v *run) closeLines() {
	l := v.jsonl
	if l == nil {
		return
	}
	defer l.file.Close() //nolint:errcheck // nothing was written
	const mend = "the tiles are what was signed: write the file out of them again"
	if l.other > 0 {
		what := fmt.Sprintf("line %d differs from the entry in the tiles", l.first)
		if l.other > 1 {
			what += fmt.Sprintf(", and so do %d lines after it", l.other-1)
		}
		v.r.bad("other-line", linesFile, l.first, what, mend)
	}
	rest, err := io.Copy(io.Discard, l.r)
	switch {
	case err != nil:
		v.lacks(linesFile, 0, err)
	case l.at < v.head.Size:
		v.r.bad("short", linesFile, 0, fmt.Sprintf("it ends after line %d and the tree after %d", l.at, v.head.Size), mend)
	case rest > 0:
		v.r.bad("long", linesFile, 0, fmt.Sprintf("it goes on after line %d, where the tree ends", v.head.Size), mend)
	}
}
