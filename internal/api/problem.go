package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
)

// Refused is how every refusal is told (RFC 9457): a stable code, and where an entry is
// at fault every fault with its place.
type Refused struct {
	Type     string       `json:"type" doc:"about:blank"`
	Title    string       `json:"title"`
	Status   int          `json:"status"`
	Code     string       `json:"code" doc:"stable, kebab case"`
	Detail   string       `json:"detail,omitempty"`
	Problems problem.List `json:"problems,omitempty" doc:"what is wrong, where, and how to mend it"`

	header http.Header
}

// Error implements error.
func (p *Refused) Error() string { return p.Code + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Refused) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError.
func (p *Refused) GetHeaders() http.Header { return p.header }

// ContentType implements huma.ContentTypeFilter.
func (p *Refused) ContentType(string) string { return "application/problem+json" }

func problemOf(status int, code, detail string) *Refused {
	return &Refused{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

// later is a problem after which the request may be sent again.
func later(status int, code, detail, seconds string) *Refused {
	p := problemOf(status, code, detail)
	p.header = http.Header{"Retry-After": {seconds}}
	return p
}

var describe sync.Once

// describeProblems makes huma tell its own refusals as this package does. It is a
// variable of huma's package: there is no other way.
func describeProblems() {
	describe.Do(func() {
		huma.NewError = func(status int, detail string, errs ...error) huma.StatusError {
			code := map[int]string{
				http.StatusRequestEntityTooLarge: "too-large", http.StatusUnsupportedMediaType: "media-type", http.StatusNotFound: "not-found",
				http.StatusMethodNotAllowed: "method", http.StatusRequestTimeout: "too-slow", http.StatusUnprocessableEntity: "bad-request", http.StatusBadRequest: "bad-request",
			}[status]
			if code == "" {
				code = "fault"
			}
			p := problemOf(status, code, detail)
			for _, err := range errs {
				if err != nil {
					p.Problems.Add(problem.Problem{Code: code, What: err.Error()})
				}
			}
			return p
		}
	})
}

// codes whose status is not 422.
var statusOf = map[string]int{
	"taken-ref": http.StatusConflict, "recorded-in-part": http.StatusConflict, "line-too-long": http.StatusRequestEntityTooLarge,
	"unknown-author": http.StatusForbidden, "revoked-author": http.StatusForbidden, "cosigner": http.StatusForbidden, "forged": http.StatusForbidden,
	"unsigned": http.StatusForbidden, "foreign-word": http.StatusForbidden, "no-authority": http.StatusForbidden, "no-keeper": http.StatusForbidden,
	"not-json": http.StatusBadRequest, "not-utf-8": http.StatusBadRequest, "not-canonical": http.StatusBadRequest, "duplicate-name": http.StatusBadRequest,
}

// fault tells what went wrong with a request. What is the machine's own trouble is logged
// and told without particulars.
func (a *API) fault(err error) error {
	var list problem.List
	var told *Refused
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &list) && len(list) > 0:
		p := problemOf(http.StatusUnprocessableEntity, list[0].Code, list[0].What)
		if s := statusOf[p.Code]; s != 0 {
			p.Status, p.Title = s, http.StatusText(s)
		}
		p.Problems = list
		a.metrics.refused.WithLabelValues(p.Code).Inc()
		return p
	case errors.Is(err, recorder.ErrBusy):
		a.metrics.refused.WithLabelValues("busy").Inc()
		return later(http.StatusTooManyRequests, "busy", "the recorder has too much to do", "1")
	case errors.Is(err, recorder.ErrStopped):
		return later(http.StatusServiceUnavailable, "not-writing", "this process does not write the record now; it may be recorded: send it again", "2")
	case errors.Is(err, store.ErrFull):
		a.o.Slog.Error("the store is full", "why", err)
		return later(http.StatusInsufficientStorage, "full", "the store has no room; nothing was recorded", "60")
	case errors.Is(err, recorder.ErrNotKept):
		a.o.Slog.Error("not kept", "why", err)
		return later(http.StatusServiceUnavailable, "not-kept", "the store could not keep it; nothing was recorded", "5")
	case errors.Is(err, store.ErrNoTile), errors.Is(err, store.ErrNone):
		return problemOf(http.StatusNotFound, "not-found", "the record has no such thing")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return later(http.StatusServiceUnavailable, "too-slow", "the answer did not come in time; an entry may be recorded: send it again", "2")
	}
	a.o.Slog.Error("the record cannot be served", "why", err)
	var refused *recorder.RefusedError
	var tile *proof.TileError
	if errors.As(err, &refused) || errors.As(err, &tile) || errors.Is(err, store.ErrDamaged) {
		a.metrics.damage.Inc()
		return problemOf(http.StatusInternalServerError, "damaged", plain(err))
	}
	return later(http.StatusServiceUnavailable, "unavailable", plain(err), "5")
}

// write answers with a fault outside of huma.
func (a *API) write(w http.ResponseWriter, err error) {
	var p *Refused
	if !errors.As(a.fault(err), &p) {
		p = problemOf(http.StatusInternalServerError, "fault", "")
	}
	for k, v := range p.header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
