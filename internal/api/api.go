// Package api is the HTTP interface of a record: the mirror that anyone may read
// (spec/record.md §9), the interface by which signed entries and cosignatures are handed
// in, and what an operator watches. It gives out nothing that does not hash to the signed
// root, and believes nothing that it is handed.
package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Options say what is served.
type Options struct {
	Store   store.Store
	Log     *proof.Verifier               // the key of the log
	Files   fs.FS                         // the folder of the case; only files that entries name are given out
	Guard   func() ([]byte, error)        // the checkpoint kept outside the store; nil: none is
	Writer  func() *recorder.Recorder     // nil while this process does not write
	Cosign  func(size int64, note []byte) // is told of cosigned checkpoints; may be nil
	Version string                        // of the program
	Slog    *slog.Logger
	Appends int // that may be on their way at once, 0: 512
}

// Bounds of requests.
const (
	maxSheetBody = 64 << 20
	appendTime   = 30 * time.Second
	readTime     = 20 * time.Second
)

// API serves one record.
type API struct {
	o       Options
	reader  atomic.Pointer[recorder.Reader]
	named   named
	room    chan struct{} // one token an append on its way
	metrics *metrics
	mux     *http.ServeMux
	own     http.Handler // the mux, behind the standard library's guard against other sites
	docs    huma.API
}

// New makes the interface of a record.
func New(o Options) *API {
	if o.Slog == nil {
		o.Slog = slog.New(slog.DiscardHandler)
	}
	if o.Appends == 0 {
		o.Appends = 512
	}
	a := &API{o: o, room: make(chan struct{}, o.Appends), mux: http.NewServeMux()}
	a.metrics = newMetrics(a)
	a.mirrorRoutes()
	a.apiRoutes()
	a.mux.HandleFunc("GET /healthz", a.health)
	// Signed entries carry no cookie, so a page of another site could hand in nothing of
	// its own; it shall not even fill the queue from its readers' browsers.
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a.write(w, problemOf(http.StatusForbidden, "other-site", "a page of another site sent this; send it from a program, or from a page of this site"))
	}))
	a.own = guard.Handler(a.mux)
	return a
}

// Prefixes are the beginnings of paths that this handler answers; a site beside it
// answers the others.
var Prefixes = []string{"/record.json", "/checkpoint", "/checkpoints/", "/tile/", "/case.hcl", "/agreements/", "/readings/", "/areas/", "/map/", "/blobs/", "/api/v1/", "/healthz"}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Referrer-Policy", "no-referrer")
	a.own.ServeHTTP(w, r)
}

// Metrics gives what an operator watches, in Prometheus's form. It is for loopback.
func (a *API) Metrics() http.Handler { return a.metrics.handler() }

// Registry gives the registry of the metrics.
func (a *API) Registry() *prometheus.Registry { return a.metrics.registry }

// read gives a reader of the record as it is committed now. What is stored is held to its
// signed checkpoint, and to the copy outside the store, whenever the head has moved.
func (a *API) read(ctx context.Context) (*recorder.Reader, error) {
	var kept []byte
	last := a.reader.Load()
	if a.o.Guard != nil && last == nil {
		var err error
		if kept, err = a.o.Guard(); err != nil {
			return nil, err
		}
	}
	head, err := a.o.Store.Head(ctx)
	if err != nil {
		return nil, err
	}
	if last != nil && last.Head().Size == head.Size && last.Head().Root == head.Root {
		return last, nil
	}
	if err := recorder.Fits(head, a.o.Log); err != nil {
		return nil, err
	}
	r := recorder.NewReader(a.o.Store, head)
	if last == nil {
		_, err = recorder.Guarded(kept, r, a.o.Log)
	} else {
		err = r.Continues(last.Head().Size, last.Head().Root) // what was given out is never taken back
	}
	if err != nil {
		a.metrics.damage.Inc()
		return nil, err
	}
	a.reader.CompareAndSwap(last, r)
	return r, nil
}

// Health is what /healthz answers.
type Health struct {
	Status   string `json:"status"` // "ok" or why nothing is served
	Writing  bool   `json:"writing"`
	Size     int64  `json:"size"`
	Recorded string `json:"recorded,omitempty"` // the time of the last entry
	Version  string `json:"version"`
}

func (a *API) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	out := Health{Status: "ok", Version: a.o.Version}
	status := http.StatusOK
	reader, err := a.read(ctx)
	if err != nil {
		out.Status, status = "the record cannot be served: "+plain(err), http.StatusServiceUnavailable
	} else {
		out.Size = reader.Head().Size
		if t := reader.Head().Recorded; !t.IsZero() {
			out.Recorded = t.Format(time.RFC3339)
		}
	}
	if w := a.o.Writer(); w != nil {
		out.Writing = w.Err() == nil
	}
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, status, out)
}

// plain tells what a stranger may know of an error: what does not fit, but nothing of the
// machine.
func plain(err error) string {
	var refused *recorder.RefusedError
	var tile *proof.TileError
	switch {
	case errors.As(err, &refused):
		return refused.What
	case errors.As(err, &tile):
		return tile.Error()
	}
	return "the store cannot be read"
}

// apiRoutes describes and serves the interface under /api/v1.
func (a *API) apiRoutes() {
	describeProblems()
	c := huma.DefaultConfig("Truceline record", a.o.Version)
	c.Info.Description = "A tamper-evident record of a ceasefire: signed entries in, receipts and proofs out. The formats are those of spec/entry.md and spec/record.md."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/api/v1/openapi", "", ""
	c.CreateHooks = nil
	a.docs = humago.New(a.mux, c)
	a.entryRoutes()
	a.proofRoutes()
}

// position resolves a reference or a position of a path.
func (a *API) position(ctx context.Context, r *recorder.Reader, name string) (int64, error) {
	if n, ok := number(name); ok {
		if n < 1 || n > r.Head().Size {
			return 0, problemOf(http.StatusNotFound, "no-such-entry", "the record has no such position")
		}
		return n, nil
	}
	found, err := a.o.Store.Find(ctx, []string{name})
	if err != nil {
		return 0, a.fault(err)
	}
	f, ok := found[name]
	if !ok || f.Position > r.Head().Size {
		return 0, problemOf(http.StatusNotFound, "no-such-entry", "nothing was recorded under that reference")
	}
	return f.Position, nil
}

// at reads the envelope that stands under a reference or at a position.
func (a *API) at(ctx context.Context, name string) (r *recorder.Reader, position int64, raw []byte, err error) {
	if r, err = a.read(ctx); err != nil {
		return nil, 0, nil, a.fault(err)
	}
	if position, err = a.position(ctx, r, name); err != nil {
		return nil, 0, nil, a.fault(err)
	}
	if raw, err = r.Raw(ctx, position); err != nil {
		return nil, 0, nil, a.fault(err)
	}
	return r, position, raw, nil
}

// number reads a position. References may look like numbers too; positions win.
func number(s string) (int64, bool) {
	if s == "" || len(s) > 15 {
		return 0, false
	}
	n := int64(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, s[0] != '0'
}

// keys gives what the names of authors stand for as of a reader.
func (a *API) keys(ctx context.Context, r *recorder.Reader) (*record.Keys, error) {
	if w := a.o.Writer(); w != nil && w.Err() == nil {
		return w.Keys(), nil
	}
	if err := recorder.FollowAll(ctx, a.o.Store); err != nil {
		return nil, err
	}
	return recorder.ReadKeys(ctx, a.o.Store, r)
}
