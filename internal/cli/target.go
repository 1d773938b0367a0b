package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// target is where entries are recorded: in a folder, by this process, or at a server.
type target interface {
	origin() string
	append(ctx context.Context, l record.Leaf) (recorder.Receipt, error)
	appendSheet(ctx context.Context, sheet record.Leaf, under []record.Leaf) ([]recorder.Receipt, error)
	close()
}

// localTarget records in a folder.
type localTarget struct {
	h *home
	r *recorder.Recorder
}

func (t *localTarget) origin() string { return t.h.log.Name() }

func (t *localTarget) append(ctx context.Context, l record.Leaf) (recorder.Receipt, error) {
	return t.r.Append(ctx, l)
}

func (t *localTarget) appendSheet(ctx context.Context, sheet record.Leaf, under []record.Leaf) ([]recorder.Receipt, error) {
	return t.r.AppendSheet(ctx, sheet, under)
}

func (t *localTarget) close() {
	t.r.Close()
	t.h.close()
}

// remoteTarget hands entries to a server over its API.
type remoteTarget struct {
	base   string
	name   string
	client *http.Client
}

// remote reaches a server: it asks for the face of the record first.
func remote(ctx context.Context, address string) (*remoteTarget, error) {
	site, err := mirror.NewSite(ctx, address)
	if err != nil {
		return nil, err
	}
	f, err := site.Open("record.json")
	if err != nil {
		return nil, fmt.Errorf("%s: there is no record: %w", address, err)
	}
	defer f.Close() //nolint:errcheck // in memory
	var face struct{ Origin string }
	if err := json.NewDecoder(io.LimitReader(f, 4096)).Decode(&face); err != nil || face.Origin == "" {
		return nil, fmt.Errorf("%s: the record has no face", address)
	}
	return &remoteTarget{base: strings.TrimSuffix(address, "/"), name: face.Origin, client: &http.Client{Timeout: time.Minute}}, nil
}

func (t *remoteTarget) origin() string { return t.name }
func (t *remoteTarget) close()         {}

func (t *remoteTarget) append(ctx context.Context, l record.Leaf) (recorder.Receipt, error) {
	var got recorder.Receipt
	return got, t.post(ctx, "/api/v1/entries", "application/json", l.Bytes, &got)
}

func (t *remoteTarget) appendSheet(ctx context.Context, sheet record.Leaf, under []record.Leaf) ([]recorder.Receipt, error) {
	var body bytes.Buffer
	for _, l := range append([]record.Leaf{sheet}, under...) {
		body.Write(l.Bytes)
		body.WriteByte('\n')
	}
	var got struct {
		Receipts []recorder.Receipt `json:"receipts"`
	}
	err := t.post(ctx, "/api/v1/sheets", "application/x-ndjson", body.Bytes(), &got)
	return got.Receipts, err
}

// tries is how often an entry is sent to a server that has too much to do, or does not
// write just now. Sending it again is harmless.
const tries = 6

// post sends a request; a problem document becomes a problem.List.
func (t *remoteTarget) post(ctx context.Context, path, kind string, body []byte, into any) (err error) {
	for try := range tries {
		var again bool
		if again, err = t.once(ctx, path, kind, body, into); !again {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try+1) * 300 * time.Millisecond):
		}
	}
	return err
}

// once sends a request; again tells that it may be sent once more.
func (t *remoteTarget) once(ctx context.Context, path, kind string, body []byte, into any) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+path, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	req.Header.Set("Content-Type", kind)
	resp, err := t.client.Do(req)
	if err != nil {
		return false, fmt.Errorf("the server cannot be reached: %w", err)
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err != nil {
		return false, err
	}
	again = resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusTooManyRequests
	if resp.StatusCode/100 == 2 {
		return false, json.Unmarshal(data, into)
	}
	var doc struct {
		Title    string       `json:"title"`
		Detail   string       `json:"detail"`
		Code     string       `json:"code"`
		Problems problem.List `json:"problems"`
	}
	if err := json.Unmarshal(data, &doc); err == nil && len(doc.Problems) > 0 {
		return again, doc.Problems
	}
	return again, fmt.Errorf("the server refuses: %s %s", resp.Status, strings.TrimSpace(doc.Title+" "+doc.Detail))
}

// isAddress tells the address of a server from a folder.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https")
}

// target opens what entries are to be recorded in: an address, or a folder. Where another
// process writes the folder's record, they are handed to its server.
func (a *app) target(ctx context.Context, where, address string) (target, error) {
	if isAddress(where) {
		return remote(ctx, where)
	}
	h, err := a.openHome(ctx, where, address)
	if err != nil {
		return nil, err
	}
	r, err := h.recorder(ctx, false)
	if errors.Is(err, errWritten) {
		defer h.close()
		if at := h.server(); at != "" {
			return remote(ctx, at)
		}
		return nil, fmt.Errorf("%w (end it, or hand entries to its server: give its address in place of %s)", err, where)
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return &localTarget{h: h, r: r}, nil
}

// submit signs one entry and records it.
func (a *app) submit(ctx context.Context, t target, key *proof.Signer, e record.Entry) (recorder.Receipt, error) {
	l, err := record.Submission(e, "")
	if err != nil {
		return recorder.Receipt{}, err
	}
	signature, err := keep.SignEntry(key, t.origin(), l)
	if err != nil {
		return recorder.Receipt{}, err
	}
	if l, err = record.Submission(e, signature); err != nil {
		return recorder.Receipt{}, err
	}
	return t.append(ctx, l)
}

// submitSheet signs entries of one author, read as submissions, under one sheet, which
// has at most record.MaxSheet of them, and records all or none.
func (a *app) submitSheet(ctx context.Context, t target, key *proof.Signer, under []record.Leaf) ([]recorder.Receipt, error) {
	ids := make([]proof.Hash, len(under))
	for i := range under {
		ids[i] = proof.LeafHash(under[i].Identity[:])
	}
	root := proof.Root(ids)
	e := record.Entry{
		// The reference follows from what is signed: handed in again it is the same sheet.
		Kind: record.KindSheet, Ref: record.Ref("sheet-" + hex.EncodeToString(root[:12])), Author: key.Name(),
		Body: &record.Sheet{Count: len(under), Root: hex.EncodeToString(root[:])},
	}
	l, err := record.Submission(e, "")
	if err != nil {
		return nil, err
	}
	signature, err := keep.SignEntry(key, t.origin(), l)
	if err != nil {
		return nil, err
	}
	if l, err = record.Submission(e, signature); err != nil {
		return nil, err
	}
	return t.appendSheet(ctx, l, under)
}

// token gives random letters and digits for references that nobody chooses.
func token(n int) (string, error) {
	raw := make([]byte, (n+1)/2)
	if _, err := rand.Read(raw); err != nil {
		return "", err
	}
	return hex.EncodeToString(raw)[:n], nil
}

// freshRef makes a reference for an entry that a command writes.
func (a *app) freshRef(kind string) (record.Ref, error) {
	mark, err := token(6)
	return record.Ref(fmt.Sprintf("%s-%s-%s", kind, a.now().UTC().Format("20060102"), mark)), err
}

func ctxOf(c interface{ Context() context.Context }) context.Context {
	if ctx := c.Context(); ctx != nil {
		return ctx
	}
	return context.Background()
}
