package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
)

type proofOutput struct {
	Body struct {
		Index      int64           `json:"index" doc:"of the leaf, from 0: position - 1"`
		Leaf       json.RawMessage `json:"leaf" doc:"the envelope; its canonical bytes are hashed"`
		Proof      []string        `json:"proof" doc:"base64 hashes from the leaf to the root (RFC 6962 §2.1.1)"`
		Checkpoint string          `json:"checkpoint" doc:"the signed checkpoint that the proof is of"`
	}
}

type consistencyInput struct {
	From int64 `query:"from" minimum:"0" required:"true" doc:"the size of the older tree"`
}

type consistencyOutput struct {
	Body struct {
		From       int64    `json:"from"`
		Proof      []string `json:"proof" doc:"base64 hashes (RFC 6962 §2.1.2)"`
		Checkpoint string   `json:"checkpoint"`
	}
}

type keysOutput struct {
	Body struct {
		Keeper string `json:"keeper"`
		Keys   []key  `json:"keys"`
	}
}

type key struct {
	Name      string `json:"name"`
	Holder    string `json:"holder"`
	PublicKey string `json:"public_key"`
	Cosigner  bool   `json:"cosigner,omitempty"`
	Since     int    `json:"since" doc:"the position of the entry that gave the name this key"`
	Revoked   int    `json:"revoked,omitempty"`
}

type noteInput struct {
	RawBody []byte `contentType:"text/plain" doc:"a checkpoint of this record with its signature and cosignatures"`
}

type noteOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// proofRoutes describes proofs, keys and cosignatures.
func (a *API) proofRoutes() {
	huma.Register(a.docs, huma.Operation{
		OperationID: "prove-entry", Method: http.MethodGet, Path: "/api/v1/entries/{name}/proof", Errors: []int{404, 500, 503}, Summary: "Proof that an entry stands in the signed record",
	}, a.prove)
	huma.Register(a.docs, huma.Operation{
		OperationID: "prove-consistency", Method: http.MethodGet, Path: "/api/v1/consistency", Errors: []int{404, 422, 500, 503}, Summary: "Proof that the record continues an older checkpoint",
	}, a.consistency)
	huma.Register(a.docs, huma.Operation{
		OperationID: "list-keys", Method: http.MethodGet, Path: "/api/v1/keys", Errors: []int{500, 503}, Summary: "The keys of authors and cosigners",
	}, a.listKeys)
	huma.Register(a.docs, huma.Operation{
		OperationID: "cosign", Method: http.MethodPost, Path: "/api/v1/cosignatures", MaxBodyBytes: proof.MaxNote, Errors: []int{400, 403, 409, 413, 500, 503}, SkipValidateBody: true,
		Summary: "Hand in cosignatures of a checkpoint", Description: "Every cosignature must be of a key that the record has admitted. Answers with the checkpoint and all of its cosignatures.",
	}, a.cosign)
}

func base64s(hashes []proof.Hash) []string {
	out := make([]string, len(hashes))
	for i := range hashes {
		out[i] = base64.StdEncoding.EncodeToString(hashes[i][:])
	}
	return out
}

func (a *API) prove(ctx context.Context, in *nameInput) (*proofOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, position, raw, err := a.at(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	hashes, err := r.Inclusion(position)
	if err != nil {
		return nil, a.fault(err)
	}
	out := &proofOutput{}
	out.Body.Index, out.Body.Leaf, out.Body.Proof, out.Body.Checkpoint = position-1, raw, base64s(hashes), string(r.Head().Checkpoint)
	return out, nil
}

func (a *API) consistency(ctx context.Context, in *consistencyInput) (*consistencyOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, err := a.read(ctx)
	if err != nil {
		return nil, a.fault(err)
	}
	if in.From > r.Head().Size {
		return nil, problemOf(http.StatusNotFound, "no-such-size", "the record is not that long")
	}
	hashes, err := r.Consistency(in.From)
	if err != nil {
		return nil, a.fault(err)
	}
	out := &consistencyOutput{}
	out.Body.From, out.Body.Proof, out.Body.Checkpoint = in.From, base64s(hashes), string(r.Head().Checkpoint)
	return out, nil
}

func (a *API) listKeys(ctx context.Context, _ *struct{}) (*keysOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, err := a.read(ctx)
	if err != nil {
		return nil, a.fault(err)
	}
	keys, err := a.keys(ctx, r)
	if err != nil {
		return nil, a.fault(err)
	}
	out := &keysOutput{}
	out.Body.Keeper = keys.Keeper()
	out.Body.Keys = []key{}
	for _, k := range keys.All() {
		out.Body.Keys = append(out.Body.Keys, key{k.Name, k.Holder, k.Public, k.Cosigner, k.Since, k.Revoked})
	}
	return out, nil
}

func (a *API) cosign(ctx context.Context, in *noteInput) (*noteOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, err := a.read(ctx)
	if err != nil {
		return nil, a.fault(err)
	}
	merged, err := a.Cosignatures(ctx, r, in.RawBody)
	if err != nil {
		return nil, a.fault(err)
	}
	return &noteOutput{"text/plain; charset=utf-8", merged}, nil
}

// Cosignatures keeps the cosignatures that a checkpoint of this record carries, if
// each is of a key that was admitted and did not cosign another tree, and gives the
// checkpoint with all that are kept. extra are further cosigners, such as witnesses that the operator asks.
func (a *API) Cosignatures(ctx context.Context, r *recorder.Reader, note []byte, extra ...*proof.Verifier) ([]byte, error) {
	keys, err := a.keys(ctx, r)
	if err != nil {
		return nil, err
	}
	cosigners := extra
	for _, k := range keys.All() {
		if k.Cosigner && k.Revoked == 0 {
			v, err := proof.ParseVerifier(k.Public)
			if err != nil {
				return nil, err
			}
			cosigners = append(cosigners, v)
		}
	}
	c, err := proof.OpenCheckpoint(note, a.o.Log, cosigners...)
	switch {
	case err != nil:
		return nil, problemOf(http.StatusBadRequest, "bad-checkpoint", err.Error())
	case len(c.Unverified) > 0:
		return nil, problemOf(http.StatusForbidden, "unknown-cosigner", "the record has admitted no cosigner's key of "+c.Unverified[0].Name)
	case len(c.Cosignatures) == 0:
		return nil, problemOf(http.StatusBadRequest, "no-cosignature", "the checkpoint carries no cosignature")
	}
	if err := r.Continues(c.Size, c.Root); err != nil {
		a.o.Slog.Error("a checkpoint signed by the log is not of this record's history", "size", c.Size, "why", err)
		return nil, problemOf(http.StatusConflict, "other-history", "the checkpoint is signed by this log and is not part of its history: "+err.Error())
	}
	return KeepCosigned(ctx, a.o.Store, c.Size, note)
}

// KeepCosigned keeps a verified checkpoint with the cosignatures that are kept of its
// size already, and gives them together.
func KeepCosigned(ctx context.Context, s store.Store, size int64, note []byte) ([]byte, error) {
	old, err := s.Cosigned(ctx, size)
	switch {
	case err == nil:
		if note, err = proof.AddSignatures(old.Note, note); err != nil {
			return nil, err
		}
	case !errors.Is(err, store.ErrNone):
		return nil, err
	}
	return note, s.Cosign(ctx, store.Cosigned{Size: size, Note: note})
}
