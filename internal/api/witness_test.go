package api

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/truceline/truceline/proof"
)

// witness runs a witness on loopback.
func (k *kit) witness(state string) (*Witness, Asked) {
	k.t.Helper()
	w := &Witness{Key: k.keys["a.cosigner"], Logs: map[string]*proof.Verifier{origin: k.log.Verifier()}, State: state, Now: time.Now, Slog: slog.New(slog.DiscardHandler)}
	s := httptest.NewServer(w)
	k.t.Cleanup(s.Close)
	return w, Asked{s.URL, w.Key.Verifier()}
}

// asked asks a witness once.
func (k *kit) asked(w Asked, old int64) (int64, error) {
	k.t.Helper()
	size, _, err := k.api.ask(k.t.Context(), &http.Client{Timeout: 500 * time.Millisecond}, w, old, time.Now)
	return size, err
}

func TestAWitnessCosignsWhatContinues(t *testing.T) {
	k := newKit(t)
	state := filepath.Join(t.TempDir(), "state")
	w, asked := k.witness(state)
	if size, err := k.asked(asked, 0); err != nil || size != 5 {
		t.Fatalf("%d, %v", size, err)
	}
	k.ok(k.post("/api/v1/entries", k.sign(report("desk", "r1"))), 201)
	if size, err := k.asked(asked, 0); err != nil || size != 6 { // it names the size that it has seen, and gets a proof
		t.Fatalf("%d, %v", size, err)
	}
	if text := k.ok(k.get("/checkpoint"), 200); !strings.Contains(text, "— a.cosigner ") {
		t.Error(text)
	}
	k.ok(k.get("/checkpoints/5"), 200)

	// Started again it remembers.
	_, again := k.witness(state)
	if size, err := k.asked(again, 6); err != nil || size != 6 {
		t.Errorf("%d, %v", size, err)
	}
	// Another history of the same length, signed by the same log, is not cosigned.
	other, err := proof.SignCheckpoint(proof.Checkpoint{Origin: origin, Size: 6, Root: proof.LeafHash([]byte("x"))}, k.log)
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.decide((&proof.AddCheckpoint{Old: 6, Checkpoint: other}).Marshal())
	if err != nil || v.Status == http.StatusOK {
		t.Errorf("%d, %v", v.Status, err)
	}
	// A state that cannot be read, or kept, is no reason to begin anew.
	if err := os.WriteFile(state, []byte(`{"`+origin+`":{"size":5}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.decide((&proof.AddCheckpoint{Old: 0, Checkpoint: k.rec.Head().Checkpoint}).Marshal()); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged state: %v", err)
	}
	w.State = filepath.Join(t.TempDir(), "nowhere", "state")
	if _, err := w.decide((&proof.AddCheckpoint{Old: 0, Checkpoint: k.rec.Head().Checkpoint}).Marshal()); err == nil {
		t.Error("cosigned without keeping it")
	}
}

func TestAWitnessAnswersByItsSpecification(t *testing.T) {
	k := newKit(t)
	_, asked := k.witness(filepath.Join(t.TempDir(), "state"))
	note := k.rec.Head().Checkpoint
	stranger := newKey(t, "mission.example/other", proof.Signing)
	foreign, err := proof.SignCheckpoint(proof.Checkpoint{Origin: stranger.Name(), Root: proof.EmptyRoot}, stranger)
	if err != nil {
		t.Fatal(err)
	}
	forger := newKey(t, origin, proof.Signing)
	forged, err := proof.SignCheckpoint(proof.Checkpoint{Origin: origin, Size: 1, Root: proof.EmptyRoot}, forger)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		method string
		path   string
		body   []byte
		want   int
	}{
		{"nonsense", http.MethodPost, "/add-checkpoint", []byte("x"), 400},
		{"too large", http.MethodPost, "/add-checkpoint", bytes.Repeat([]byte("x"), 1<<20), 413},
		{"another path", http.MethodPost, "/", nil, 404},
		{"another method", http.MethodGet, "/add-checkpoint", nil, 405},
		{"an unknown log", http.MethodPost, "/add-checkpoint", (&proof.AddCheckpoint{Checkpoint: foreign}).Marshal(), 404},
		{"a forged checkpoint", http.MethodPost, "/add-checkpoint", (&proof.AddCheckpoint{Checkpoint: forged}).Marshal(), 403},
		{"another old size", http.MethodPost, "/add-checkpoint", (&proof.AddCheckpoint{Old: 3, Checkpoint: note}).Marshal(), 409},
		{"the first", http.MethodPost, "/add-checkpoint", (&proof.AddCheckpoint{Checkpoint: note}).Marshal(), 200},
		{"the first again", http.MethodPost, "/add-checkpoint", (&proof.AddCheckpoint{Checkpoint: note}).Marshal(), 409},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, asked.Address+tt.path, bytes.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s: %d %s, want %d", tt.name, resp.StatusCode, text, tt.want)
		}
	}
}

// TestWitnessesThatLieAreNotBelieved, and none of them keeps an append waiting.
func TestWitnessesThatLieAreNotBelieved(t *testing.T) {
	k := newKit(t)
	mine := k.keys["a.cosigner"]
	line := func(s *proof.Signer, note []byte, at time.Time) []byte {
		out, err := s.CosignatureLine(note, at)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	note := k.rec.Head().Checkpoint
	other, err := proof.SignCheckpoint(proof.Checkpoint{Origin: origin, Size: 2, Root: proof.EmptyRoot}, k.log)
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]http.HandlerFunc{
		"of another key": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(line(newKey(t, "x", proof.Cosigner), note, time.Now()))
		},
		"of another checkpoint": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(line(mine, other, time.Now())) },
		"from the future": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(line(mine, note, time.Now().Add(time.Hour)))
		},
		"nothing":     func(http.ResponseWriter, *http.Request) {},
		"nonsense":    func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "— a.cosigner AAAA\n") },
		"without end": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), 8<<20)) },
		"never":       func(_ http.ResponseWriter, r *http.Request) { never(r) },
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		},
		"a size that is nonsense": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusConflict)
			_, _ = io.WriteString(w, "-3")
		},
		"a size beyond the record": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusConflict)
			_, _ = io.WriteString(w, "99")
		},
		"an error": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) },
	}
	for name, h := range answers {
		s := httptest.NewServer(h)
		if size, err := k.asked(Asked{s.URL, mine.Verifier()}, 0); err == nil {
			t.Errorf("%s: believed at size %d", name, size)
		}
		s.Close()
	}
	if _, err := k.asked(Asked{"http://127.0.0.1:1", mine.Verifier()}, 0); err == nil {
		t.Error("a dead one is believed")
	}
	if text := k.ok(k.get("/checkpoint"), 200); strings.Contains(text, "a.cosigner") {
		t.Errorf("something false was kept: %s", text)
	}

	// One that never answers is asked beside appends that go on.
	var asked atomic.Int32
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		never(r)
	}))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		k.api.Collect(ctx, []Asked{{slow.URL, mine.Verifier()}}, time.Now)
		close(ended)
	}()
	for asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	for _, ref := range []string{"r1", "r2", "r3"} {
		k.ok(k.post("/api/v1/entries", k.sign(report("desk", ref))), 201)
	}
	stop()
	<-ended
	slow.Close()
}

// never reads a request and does not answer until whoever asked has gone.
func never(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}
