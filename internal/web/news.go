package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// maxNews is how many of the newest entries a feed holds.
const maxNews = 50

// news is one entry of a feed.
type news struct {
	row     itemRow
	id      string // of the entry, the same in every feed for ever
	kind    string // its code
	title   string
	lines   []string // what the feed tells of it
	author  string
	updated string // when it was recorded, RFC 3339
}

// beside serves what stands beside the pages: files in one language that carry the site's
// address.
func (s *site) beside(compose func(r *http.Request, b base) (*sheet, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lang := r.PathValue("lang")
		if !slices.Contains(explain.Languages(), lang) {
			s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
			return
		}
		address := s.address(r)
		s.keptFor(w, r, address, func(v *view.View) (*sheet, error) {
			b := s.base(r, lang, v)
			b.Address = address
			return compose(r, b)
		})
	}
}

// newsKind reads which kind of entry is asked for; "" is every kind.
func newsKind(r *http.Request) (record.Kind, error) {
	kind := record.Kind(r.URL.Query().Get("kind"))
	if kind != "" && !slices.Contains(record.Kinds(), kind) {
		return "", &askedError{fmt.Sprintf("kind=%s", kind)}
	}
	return kind, nil
}

// news lists the newest entries that the question sees, the last recorded first. What a
// view is not to know is not in it: entries are looked up in the question's bench.
func (s *site) news(b base, kind record.Kind) []news {
	var list []news
	for n := b.bench.Status().AsOf; n >= 1 && len(list) < maxNews; n-- {
		e := &s.c.Entries[n-1]
		if k := e.Envelope.Entry.Kind; kind != "" && k != kind || kind == "" && k == record.KindSheet {
			continue
		}
		it, ok := b.bench.Item(e.Envelope.Entry.Ref)
		if !ok || it.Position != n {
			continue
		}
		if w := it.When(); !it.Planned && !w.IsZero() && w.Earliest() > b.bench.Question.At {
			continue
		}
		id, err := record.IDOf(e.Envelope.Entry)
		if err != nil {
			continue // the case was checked when it was loaded
		}
		x := news{row: s.item(b, it), id: hashName(string(id)), kind: string(it.Kind), author: e.Envelope.Entry.Author, updated: s.recorded(n)}
		x.title = x.row.Kind + " " + x.row.Ref
		if x.row.Summary != "" {
			x.title += b.T("list.colon") + shorten(x.row.Summary, 120)
		}
		x.lines = x.row.lines()
		list = append(list, x)
	}
	return list
}

// lines says what a list says of an entry, a line each.
func (r itemRow) lines() []string {
	var out []string
	add := func(ok bool, line string) {
		if ok && line != "" {
			out = append(out, line)
		}
	}
	add(r.Withheld, r.Say("item.contested"))
	add(!r.Withheld, r.Summary)
	add(true, r.Who)
	add(true, r.When)
	add(true, r.Published)
	add(r.Unattributed && !r.Withheld, r.Say("item.unattributed"))
	add(r.Retracted, r.Say("item.retracted"))
	add(r.Perhaps, r.Say("item.perhaps"))
	return out
}

// recorded is when the entry at a position was recorded; of a case that does not tell, when
// the entry became public, else the first moment of the case.
func (s *site) recorded(position int) string {
	if position == 0 {
		return s.c.World.From.String()
	}
	e := &s.c.Entries[position-1]
	switch {
	case e.Recorded != "":
		return e.Recorded
	case !e.Public.IsZero() && e.Public.Earliest() != moment.Past:
		return e.Public.Earliest().String()
	}
	return s.c.World.From.String()
}

// hashName names a thing by its SHA-256 (RFC 6920): the identity of an entry as an address
// that leads nowhere and never changes.
func hashName(id string) string {
	_, digits, found := strings.Cut(id, ":")
	if !found {
		digits = id
	}
	sum, err := hex.DecodeString(digits)
	if err != nil || len(sum) != sha256.Size {
		own := sha256.Sum256([]byte(id))
		sum = own[:]
	}
	return "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(sum)
}

// ownName names something of this case that is no entry, the same for ever.
func (s *site) ownName(parts ...string) string {
	first := ""
	if len(s.c.Entries) > 0 {
		if id, err := record.IDOf(s.c.Entries[0].Envelope.Entry); err == nil {
			first = string(id)
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(append([]string{s.c.ID, first}, parts...), "\x00")))
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80 // RFC 9562, version 8: of a hash
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// shorten cuts a text at a bound in characters, and shows that it did.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimRight(string(runes[:most-1]), " ,;:，；：") + "…"
}

// feedLinks are the addresses of a feed: its own, and that of its page.
func (s *site) feedLinks(b base, name string, kind record.Kind) (own, page string) {
	q := url.Values{}
	if kind != "" {
		q.Set("kind", string(kind))
	}
	return s.absolute(b.Address, withQuery(b.Link(name), q)), s.absolute(b.Address, withQuery(b.Link("/timeline"), q))
}

// feedTitle names a feed.
func (s *site) feedTitle(b base, kind record.Kind) string {
	if kind == "" {
		return b.T("feed.title", "case", b.CaseTitle)
	}
	return b.T("feed.title-kind", "case", b.CaseTitle, "kind", s.speaker.Kind(b.Lang, string(kind)))
}
