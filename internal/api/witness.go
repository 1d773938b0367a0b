package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/proof"
)

// Witness is a C2SP tlog-witness: it cosigns checkpoints of the logs that it knows, each
// only when it continues what it cosigned before. What it cosigned is in its state
// file, durably, before anyone gets the cosignature.
type Witness struct {
	Key   *proof.Signer // a cosigner's
	Logs  map[string]*proof.Verifier
	State string // the file of what was cosigned last
	Now   func() time.Time
	Slog  *slog.Logger

	mu sync.Mutex // one decision at a time: the state is read, then written
}

// seen is the state of a witness, by origin.
type seen map[string]proof.Seen

func (w *Witness) load() (seen, error) {
	data, err := os.ReadFile(w.State)
	if errors.Is(err, fs.ErrNotExist) {
		return seen{}, nil
	}
	if err != nil {
		return nil, err
	}
	var file map[string]struct {
		Size int64  `json:"size"`
		Root []byte `json:"root"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("%s is damaged: nothing is cosigned until it is mended: %w", w.State, err)
	}
	s := seen{}
	for origin, x := range file {
		if len(x.Root) != proof.HashSize {
			return nil, fmt.Errorf("%s is damaged: the root of %s", w.State, origin)
		}
		s[origin] = proof.Seen{Size: x.Size, Root: proof.Hash(x.Root)}
	}
	return s, nil
}

func (w *Witness) save(s seen) error {
	type entry struct {
		Size int64  `json:"size"`
		Root []byte `json:"root"`
	}
	file := map[string]entry{}
	for origin, x := range s {
		file[origin] = entry{x.Size, x.Root[:]}
	}
	data, err := json.MarshalIndent(file, "", " ")
	if err != nil {
		return err
	}
	return keep.Guard{File: w.State}.Write(append(data, '\n'))
}

// ServeHTTP implements http.Handler: POST /add-checkpoint.
func (w *Witness) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	h := rw.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	if r.URL.Path != "/add-checkpoint" {
		rw.WriteHeader(http.StatusNotFound)
		return
	}
	if r.Method != http.MethodPost {
		h.Set("Allow", http.MethodPost)
		rw.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, int64(proof.MaxAddCheckpoint)))
	if err != nil {
		rw.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	v, err := w.decide(body)
	if err != nil {
		w.Slog.Error("nothing is cosigned", "why", err)
		rw.WriteHeader(http.StatusInternalServerError)
		return
	}
	if v.ContentType != "" {
		h.Set("Content-Type", v.ContentType)
	}
	rw.WriteHeader(v.Status)
	_, _ = rw.Write(v.Body)
}

// decide answers a request; of a cosignature, what was seen is kept first.
func (w *Witness) decide(body []byte) (proof.Verdict, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	state, err := w.load()
	if err != nil {
		return proof.Verdict{}, err
	}
	knows := proof.Witness{}
	for origin, log := range w.Logs {
		known := state[origin]
		known.Keys = []*proof.Verifier{log}
		knows[origin] = known
	}
	v := knows.Judge(body)
	if v.Status != http.StatusOK {
		return v, nil
	}
	state[v.Origin] = proof.Seen{Size: v.Seen.Size, Root: v.Seen.Root}
	if err := w.save(state); err != nil {
		return proof.Verdict{}, err
	}
	v.Body, err = w.Key.CosignatureLine(v.Checkpoint, w.Now())
	return v, err
}
