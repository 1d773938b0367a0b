package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"time"
)

// gate lets few pages be made at once, and of one reader fewer still: a flood of requests
// waits for itself, and others pass it by. Pages that are kept pass without it.
type gate struct {
	all chan struct{} // a place a page that is being made

	mu      sync.Mutex // guards readers
	readers map[netip.Prefix]*reader
}

type reader struct {
	places chan struct{} // of this reader
	inside int           // requests that wait or are served
}

const (
	maxOwn     = 2                // pages that are made for one reader at once
	maxWaiting = 100              // requests of one reader that wait
	maxPause   = 10 * time.Second // that one waits
)

func newGate() *gate {
	return &gate{all: make(chan struct{}, max(4, 2*runtime.GOMAXPROCS(0))), readers: map[netip.Prefix]*reader{}}
}

var errFlood = errors.New("too many requests wait")

// enter waits for a place and gives what leaves it; errFlood when too many of the same
// reader wait, or for too long.
func (g *gate) enter(ctx context.Context, r *http.Request) (leave func(), err error) {
	who := origin(r)
	g.mu.Lock()
	own := g.readers[who]
	if own == nil {
		own = &reader{places: make(chan struct{}, maxOwn)}
		g.readers[who] = own
	}
	if own.inside >= maxWaiting {
		g.mu.Unlock()
		return nil, errFlood
	}
	own.inside++
	g.mu.Unlock()
	gone := func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if own.inside--; own.inside == 0 {
			delete(g.readers, who)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, maxPause)
	defer cancel()
	select {
	case own.places <- struct{}{}:
	case <-ctx.Done():
		gone()
		return nil, errFlood
	}
	select {
	case g.all <- struct{}{}:
	case <-ctx.Done():
		<-own.places
		gone()
		return nil, errFlood
	}
	return func() {
		<-g.all
		<-own.places
		gone()
	}, nil
}

// origin tells readers apart: by their address, of IPv6 by its network. Behind a server
// on this machine it is the address that this server names last.
func origin(r *http.Request) netip.Prefix {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err == nil && ip.IsLoopback() {
		list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if behind, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			ip = behind
		}
	}
	bits := 32
	if ip = ip.Unmap(); ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits)
	return p
}
