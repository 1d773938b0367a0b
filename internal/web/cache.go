package web

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"
)

// sheet is an answer made ready to be sent: as it is, and packed for those who take it so.
type sheet struct {
	contentType, lang string
	body, packed      []byte // packed is nil where packing gains nothing
	tag               string // without quotation marks
	control           string // Cache-Control
	name              string // of the file, where it is to be kept as one
	policy            string // Content-Security-Policy, where it is another than the pages'
	shared            bool   // pages of other sites may show it
}

// minPacked is the size from which an answer is packed.
const minPacked = 1 << 10

func newSheet(contentType, lang string, body []byte) *sheet {
	return packedSheet(contentType, lang, body, packing, nil)
}

// packedSheet makes a sheet; steady, which may be nil, is the part of the body that other
// sheets have as well.
func packedSheet(contentType, lang string, body []byte, level int, steady *steadyPart) *sheet {
	sum := sha256.Sum256(body)
	s := &sheet{contentType: contentType, lang: lang, body: body, tag: hex.EncodeToString(sum[:16]), control: "no-cache"}
	if len(body) >= minPacked && packable(contentType) {
		if out := pack(body, level, steady); out != nil && len(out) < len(body) {
			s.packed = out
		}
	}
	return s
}

// send answers with a sheet, or says that the reader has it. The packed form is another
// representation, so its tag is another one.
func (p *sheet) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	body, tag := p.body, `"`+p.tag+`"`
	if p.packed != nil {
		h.Add("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) && r.Header.Get("Range") == "" {
			body, tag = p.packed, `"`+p.tag+`-gzip"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", tag)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", p.control)
	}
	if p.lang != "" {
		h.Set("Content-Language", p.lang)
	}
	if p.name != "" {
		h.Set("Content-Disposition", `inline; filename="`+p.name+`"`)
	}
	if p.shared {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if p.policy != "" {
		h.Set("Content-Security-Policy", p.policy)
	}
	if matches(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", p.contentType)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// takesGzip tells whether an Accept-Encoding header allows gzip.
func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}

// sheets keeps the pages sent last, up to a bound in bytes. It is safe for use by many
// requests.
type sheets struct {
	most int

	mu   sync.Mutex // guards what follows
	size int
	kept map[string]*list.Element
	used *list.List // the one sent last in front
}

type keptSheet struct {
	key   string
	sheet *sheet
}

const maxSheets = 48 << 20 // bytes of pages that are kept

func newSheets(most int) *sheets {
	return &sheets{most: most, kept: map[string]*list.Element{}, used: list.New()}
}

func (s *sheets) get(key string) *sheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.kept[key]
	if e == nil {
		return nil
	}
	s.used.MoveToFront(e)
	return e.Value.(*keptSheet).sheet //nolint:forcetypeassert // nothing else is kept
}

func (s *sheets) put(key string, p *sheet) {
	weight := len(key) + len(p.body) + len(p.packed) + 512
	if weight > s.most/8 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[key] != nil {
		return
	}
	s.kept[key] = s.used.PushFront(&keptSheet{key, p})
	for s.size += weight; s.size > s.most; {
		last := s.used.Back()
		old := last.Value.(*keptSheet) //nolint:forcetypeassert // nothing else is kept
		s.used.Remove(last)
		delete(s.kept, old.key)
		s.size -= len(old.key) + len(old.sheet.body) + len(old.sheet.packed) + 512
	}
}
