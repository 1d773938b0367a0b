package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/truceline/truceline/proof"
)

// Asked is a witness that is asked for cosignatures.
type Asked struct {
	Address string
	Key     *proof.Verifier
}

// ParseWitnesses reads ADDRESS=VERIFIER.
func ParseWitnesses(list []string) ([]Asked, error) {
	var out []Asked
	for _, s := range list {
		address, key, ok := strings.Cut(s, "=")
		u, err := url.Parse(address)
		if !ok || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("--witness %s: give ADDRESS=VERIFIER, as https://a.example/witness=a.cosigner+1234abcd+BA…", s)
		}
		v, err := proof.ParseVerifier(key)
		if err != nil || v.Algorithm() != proof.Cosigner {
			return nil, fmt.Errorf("--witness %s: the key is not a cosigner's verifier key", s)
		}
		out = append(out, Asked{strings.TrimSuffix(address, "/"), v})
	}
	return out, nil
}

// Bounds of asking witnesses.
const (
	witnessTime  = 10 * time.Second
	witnessPause = 2 * time.Second // between checkpoints that a witness is asked about
	witnessWorst = 5 * time.Minute // the longest pause after failures
)

// Collect asks witnesses for cosignatures of new checkpoints until the context ends. Each
// is asked by itself: one that is slow, dead or lies keeps nobody waiting. now is the
// clock by which cosignatures from the future are told.
func (a *API) Collect(ctx context.Context, witnesses []Asked, now func() time.Time) {
	done := make(chan struct{}, len(witnesses))
	client := &http.Client{Timeout: witnessTime, CheckRedirect: func(*http.Request, []*http.Request) error {
		return errors.New("the witness answers that it is elsewhere")
	}}
	for _, w := range witnesses {
		go func() {
			a.collect(ctx, client, w, now)
			done <- struct{}{}
		}()
	}
	for range witnesses {
		<-done
	}
}

// collect asks one witness again and again.
func (a *API) collect(ctx context.Context, client *http.Client, w Asked, now func() time.Time) {
	old, wait := int64(0), witnessPause
	var done int64 = -1
	for ctx.Err() == nil {
		reader, err := a.read(ctx)
		if err == nil && reader.Head().Size != done {
			var size int64
			size, old, err = a.ask(ctx, client, w, old, now)
			if err == nil {
				done = size
			}
		}
		outcome := "cosigned"
		if err != nil {
			outcome = "failed"
			wait = min(2*wait, witnessWorst)
			a.o.Slog.Warn("a witness does not cosign", "witness", w.Key.Name(), "why", err)
		} else {
			wait = witnessPause
		}
		a.metrics.witness.WithLabelValues(w.Key.Name(), outcome).Inc()
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// ask asks a witness to cosign the checkpoint of now, which it is believed to have seen at
// size old. It gives the size that is cosigned now.
func (a *API) ask(ctx context.Context, client *http.Client, w Asked, old int64, now func() time.Time) (size, seen int64, err error) {
	for range 3 { // the first answer may tell the size that the witness has seen
		reader, err := a.read(ctx)
		if err != nil {
			return 0, old, err
		}
		head := reader.Head()
		if old > head.Size {
			return 0, old, fmt.Errorf("it has seen %d entries and the record has %d", old, head.Size)
		}
		hashes, err := reader.Consistency(old)
		if err != nil {
			return 0, old, err
		}
		request := proof.AddCheckpoint{Old: old, Proof: hashes, Checkpoint: head.Checkpoint}
		status, body, err := post(ctx, client, w.Address+"/add-checkpoint", request.Marshal())
		if err != nil {
			return 0, old, err
		}
		switch status {
		case http.StatusOK:
			note, err := proof.AddSignatures(head.Checkpoint, body)
			if err != nil {
				return 0, old, fmt.Errorf("what it answers is no cosignature of this checkpoint: %w", err)
			}
			o, err := proof.OpenCheckpoint(note, a.o.Log, w.Key)
			if err != nil {
				return 0, old, fmt.Errorf("its cosignature is false: %w", err)
			}
			if len(o.Cosignatures) != 1 || len(o.Unverified) > 0 {
				return 0, old, errors.New("it answers with signatures of others, or with none of its own")
			}
			if o.Cosignatures[0].Time.After(now().Add(10 * time.Minute)) {
				return 0, old, errors.New("it says that it saw the record in the future")
			}
			if _, err := KeepCosigned(ctx, a.o.Store, head.Size, note); err != nil {
				return 0, old, err
			}
			return head.Size, head.Size, nil
		case http.StatusConflict:
			n, err := strconv.ParseInt(strings.TrimSpace(string(body)), 10, 64)
			if err != nil || n < 0 || n == old {
				return 0, 0, errors.New("it has seen another tree of this size, or says so")
			}
			old = n
		default:
			return 0, 0, fmt.Errorf("it answers %d: %.200q", status, body)
		}
	}
	return 0, 0, errors.New("it names another size each time")
}

func post(ctx context.Context, client *http.Client, address string, body []byte) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(io.LimitReader(resp.Body, proof.MaxNote))
	return resp.StatusCode, data, err
}
