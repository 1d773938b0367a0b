package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/internal/view"
)

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPack: whatever is packed, with a steady part anywhere or none, comes out as it was,
// also where the steady part was packed for another body.
func TestPack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test's choice
	text := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abcdefgh <>/\"="[rnd.IntN(5+rnd.IntN(9))]
		}
		return b
	}
	kept := view.NewKept[[sha256.Size]byte, []byte](4)
	part := text(70_000)
	for i := range 60 {
		before, after := text(rnd.IntN(50_000)), text(rnd.IntN(50_000))
		if i%10 == 0 {
			before, after = nil, nil
		}
		own := part
		if i%3 == 0 {
			own = text(rnd.IntN(40_000))
		}
		body := bytes.Join([][]byte{before, own, after}, nil)
		for _, steady := range []*steadyPart{nil, {len(before), len(before) + len(own), kept}} {
			for _, level := range []int{1, packing, 6} {
				if got := unpack(t, pack(body, level, steady)); !bytes.Equal(got, body) {
					t.Fatalf("round %d, level %d, steady %v: %d bytes became %d others", i, level, steady, len(body), len(got))
				}
			}
		}
	}
}

// TestSteadyMap: maps of two days in two languages have one steady part between them, and
// it is most of what is drawn.
func TestSteadyMap(t *testing.T) {
	fs, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	c, err := casefile.Load(fs)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSite(c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	handler := s.safe(s.routes())
	get := func(address string, packed bool) []byte {
		r := httptest.NewRequest(http.MethodGet, address, http.NoBody)
		if packed {
			r.Header.Set("Accept-Encoding", "gzip")
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", address, w.Code)
		}
		if packed != (w.Header().Get("Content-Encoding") == "gzip") {
			t.Fatalf("%s: Content-Encoding %q", address, w.Header().Get("Content-Encoding"))
		}
		return w.Body.Bytes()
	}
	for _, lang := range []string{"uk", "zh"} {
		for _, day := range []string{"2025-03-25", "2025-04-10"} {
			address := fmt.Sprintf("/%s/map?at=%s", lang, day)
			if !bytes.Equal(unpack(t, get(address, true)), get(address, false)) {
				t.Errorf("%s: the packed page is another one", address)
			}
		}
	}
	if n := s.steady.Len(); n != 1 {
		t.Errorf("%d steady parts were packed for four maps on one base; want 1", n)
	}
}
