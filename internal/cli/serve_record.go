package cli

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/truceline/truceline/internal/api"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/web"
)

// service serves a record: its site, its mirror, and, while this process writes it, the
// interface by which entries are handed in.
type service struct {
	h      *home
	log    *slog.Logger
	api    *api.API
	writer atomic.Pointer[recorder.Recorder]
	site   atomic.Pointer[web.Site]
	ahead  context.CancelFunc // ends what is made ready of the site shown; nil: none
	size   int64              // of the record that the site shows
	told   served
}

// served is what serve is told beside the folder.
type served struct {
	listen, store string
	address       string // of the site, as web.CheckAddress gives it
	brand         *web.Brand
	public        bool
	readOnly      bool
	noSite        bool     // the mirror and the interface alone
	witnesses     []string // URL=VERIFIER
}

// serveHome serves a folder that keeps a record of its own until it is interrupted.
func (a *app) serveHome(ctx context.Context, dir string, o served) error {
	h, err := a.openHome(ctx, dir, o.store)
	if err != nil {
		return err
	}
	defer h.close()
	s := &service{h: h, log: slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn})), told: o}
	if err := h.store.Check(ctx); err != nil {
		return fmt.Errorf("the record is not served: %w", err)
	}
	s.api = api.New(api.Options{
		Store: h.store, Log: h.log, Files: os.DirFS(dir), Guard: h.guard().Read, Writer: s.writer.Load, Version: a.version, Slog: s.log,
	})
	if o.noSite { // what was signed is held to what is stored all the same
		if _, err := h.reader(ctx); err != nil {
			return err
		}
	} else if err := s.reload(ctx); err != nil {
		return err
	}
	witnesses, err := api.ParseWitnesses(o.witnesses)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{}, 3)
	parts := []func(context.Context){func(ctx context.Context) { s.api.Collect(ctx, witnesses, a.now) }}
	if !o.noSite {
		parts = append(parts, s.follow)
	}
	if !o.readOnly {
		if _, err := h.keys().Load("log"); err != nil {
			stop()
			return fmt.Errorf("the key of the log cannot be used (serve with --read-only without it): %w", err)
		}
		parts = append(parts, s.write)
	}
	for _, part := range parts {
		go func() {
			part(ctx)
			ended <- struct{}{}
		}()
	}
	err = a.listen(ctx, o.listen, o.public, s, func(address string) {
		if !o.readOnly {
			s.announce(address)
		}
	})
	stop()
	for range parts {
		<-ended
	}
	return err
}

// announce leaves the address where the commands on this machine find it.
func (s *service) announce(address string) {
	file := filepath.Join(s.h.dir, serverFile)
	if err := os.WriteFile(file, []byte(address+"\n"), 0o644); err != nil { //nolint:gosec // no secret
		s.log.Warn("the address is not left for other commands", "why", err)
	}
}

// write keeps this process the writer, or waiting to be: when another one overtakes it,
// it waits for its turn again.
func (s *service) write(ctx context.Context) {
	defer os.Remove(filepath.Join(s.h.dir, serverFile)) //nolint:errcheck // it may never have been written
	for ctx.Err() == nil {
		r, err := s.h.recorder(ctx, true)
		if err != nil {
			var refused *recorder.RefusedError
			if ctx.Err() == nil {
				s.log.Error("this process does not write the record", "why", err)
			}
			if errors.As(err, &refused) { // what does not fit now will not fit in a second
				<-ctx.Done()
				return
			}
			pause(ctx, time.Second)
			continue
		}
		s.writer.Store(r)
		var lost <-chan struct{}
		if hinted, ok := s.h.store.(store.Hinted); ok {
			lost = hinted.Lost()
		}
		select {
		case <-ctx.Done():
		case <-r.Done():
		case <-lost: // another process may lead: wait for a turn again
		}
		r.Close()
		s.writer.Store(nil)
		if err := r.Err(); err != nil && !errors.Is(err, store.ErrLost) {
			pause(ctx, time.Second)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// follow shows the record anew after it has grown, at most once a second, and seldom
// enough that reading it whole takes at most a fifth of the time.
func (s *service) follow(ctx context.Context) {
	changed, stop, err := s.h.store.Notify(ctx)
	if err != nil {
		s.log.Warn("the site does not follow the record", "why", err)
		return
	}
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
		begun := time.Now()
		if err := s.reload(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("the site shows the record as it was", "why", err)
		}
		pause(ctx, max(time.Second, 4*time.Since(begun)))
	}
}

// reload makes the site of the record as it is committed now.
func (s *service) reload(ctx context.Context) error {
	head, err := s.h.store.Head(ctx)
	if err != nil || s.site.Load() != nil && head.Size == s.size {
		return err
	}
	c, err := s.h.load(ctx)
	if err != nil {
		return err
	}
	r, err := s.h.reader(ctx)
	if err != nil {
		return err
	}
	site, err := web.New(c, web.Options{Now: s.h.a.now, Version: s.h.a.version, Log: s.log, Address: s.told.address, Brand: s.told.brand, Renders: siteRenders(), Root: func(position int) string {
		root, err := r.Root(int64(position))
		if err != nil {
			s.log.Error("the root of a position is not named", "position", position, "why", err)
			return ""
		}
		return base64.StdEncoding.EncodeToString(root[:])
	}})
	if err != nil {
		return err
	}
	if s.ahead != nil {
		s.ahead()
	}
	var making context.Context
	making, s.ahead = context.WithCancel(ctx)
	go site.Ahead(making)
	s.site.Store(site)
	s.size = int64(len(c.Entries))
	return nil
}

// ServeHTTP implements http.Handler: the record's own paths, then the site.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/metrics" {
		if s.watched(r) {
			s.api.Metrics().ServeHTTP(w, r)
			return
		}
		http.NotFound(w, r)
		return
	}
	for _, p := range api.Prefixes {
		if strings.HasPrefix(r.URL.Path, p) {
			s.api.ServeHTTP(w, r)
			return
		}
	}
	site := s.site.Load()
	if site == nil {
		http.NotFound(w, r)
		return
	}
	site.ServeHTTP(w, r)
}

// watched tells whether a request comes from this machine and through no other server.
func (s *service) watched(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}
