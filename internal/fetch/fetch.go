// Package fetch asks for pages politely and safely: one request at a time for a host with
// a pause between them, robots.txt kept, bodies and redirects bounded, and no request to
// an address inside the network that the program runs in unless that is allowed.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/truceline/truceline/problem"
)

// Client asks for pages. The zero value is strict; its fields are not changed after the
// first request.
type Client struct {
	Agent        string        // what it calls itself, "truceline/1.2"
	AllowPrivate bool          // addresses of the own network and machine may be asked
	Robots       bool          // robots.txt is asked first, and kept
	Pause        time.Duration // between two requests to a host
	Timeout      time.Duration // of one request with its body; 0 is 30 seconds
	Most         int64         // bytes of a body

	once  sync.Once
	http  *http.Client
	mu    sync.Mutex
	hosts map[string]*host
}

// host is what is known of a host. Its lock is held while it is asked.
type host struct {
	mu     sync.Mutex
	asked  time.Time
	pause  time.Duration
	robots map[string]kept // by scheme, host and port
}

// kept are rules that were asked for at a time.
type kept struct {
	rules *Rules
	at    time.Time
}

// Asked is what is wanted and what is known of it already.
type Asked struct {
	Address      string
	ETag         string // of the copy that is kept
	LastModified string
}

// Answer is what came back.
type Answer struct {
	Address      string // after redirects
	Status       int
	Type         string // Content-Type
	Body         []byte
	ETag         string
	LastModified string
	NotModified  bool
	RetryAfter   string // as the host wrote it
}

const (
	redirects = 5
	patience  = 30 * time.Second
)

// bad makes a problem of an address.
func bad(code, address, what, mend string) error {
	return problem.List{{Code: code, File: address, What: what, Mend: mend}}
}

// Address reads an address that can be asked.
func Address(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, bad("bad-address", s, "this is no address of a page", "write https://…")
	case u.User != nil:
		u.User = nil
		return nil, bad("bad-address", u.String(), "the address holds a name or password", "leave it out: the address is kept beside what came")
	}
	u.Fragment = ""
	return u, nil
}

func (c *Client) start() {
	c.once.Do(func() {
		if c.Timeout == 0 {
			c.Timeout = patience
		}
		d := &net.Dialer{Timeout: 10 * time.Second, Control: c.control}
		c.hosts = map[string]*host{}
		c.http = &http.Client{
			Timeout:       c.Timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport: &http.Transport{ // no proxy: the address that is asked has to be seen here
				DialContext: d.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: c.Timeout,
				MaxResponseHeaderBytes: 1 << 20, IdleConnTimeout: 30 * time.Second, ForceAttemptHTTP2: true,
			},
		}
	})
}

var errPrivate = errors.New("the address lies in a private network")

// control looks at the address that is really connected to, after its name was resolved.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	if c.AllowPrivate {
		return nil
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil || Private(at.Addr()) {
		return errPrivate
	}
	return nil
}

// special are networks that nobody in the open internet has (RFC 6890 and its successors).
var special = func() []netip.Prefix {
	var list []netip.Prefix
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10",
	} {
		list = append(list, netip.MustParsePrefix(s))
	}
	return list
}()

// Private tells an address that is not of the open internet.
func Private(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return true
	}
	for _, p := range special {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Get asks for a page. An error is a problem.List, but for that of the context; an answer
// of any status is none.
func (c *Client) Get(ctx context.Context, asked Asked) (*Answer, error) {
	c.start()
	u, err := Address(asked.Address)
	if err != nil {
		return nil, err
	}
	for range redirects + 1 {
		got, next, err := c.hop(ctx, u, asked)
		if err != nil || next == nil {
			return got, err
		}
		if next.Hostname() != u.Hostname() {
			asked.ETag, asked.LastModified = "", ""
		}
		u = next
	}
	return nil, bad("redirects", asked.Address, fmt.Sprintf("the address leads on more than %d times", redirects), "give the address at which the page is in the end")
}

// hop asks one address; next is where it leads on to.
func (c *Client) hop(ctx context.Context, u *url.URL, asked Asked) (got *Answer, next *url.URL, err error) {
	h := c.host(u)
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.Robots {
		rules, err := c.rules(ctx, h, u)
		if err != nil {
			return nil, nil, err
		}
		if !rules.Allow(u.EscapedPath() + query(u)) {
			return nil, nil, bad("robots", u.String(), "the site asks programs not to fetch this page (robots.txt)", "open it yourself, save it and give the file")
		}
	}
	return c.ask(ctx, h, u, asked)
}

func query(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}

func (c *Client) host(u *url.URL) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[u.Hostname()]
	if h == nil {
		h = &host{pause: c.Pause, robots: map[string]kept{}}
		c.hosts[u.Hostname()] = h
	}
	return h
}

// ask makes one request when the host has had its pause.
func (c *Client) ask(ctx context.Context, h *host, u *url.URL, asked Asked) (*Answer, *url.URL, error) {
	if wait := time.Until(h.asked.Add(h.pause)); !h.asked.IsZero() && wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-t.C:
		}
	}
	defer func() { h.asked = time.Now() }()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, bad("bad-address", u.String(), err.Error(), "")
	}
	req.Header.Set("User-Agent", c.Agent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1")
	if asked.ETag != "" {
		req.Header.Set("If-None-Match", asked.ETag)
	}
	if asked.LastModified != "" {
		req.Header.Set("If-Modified-Since", asked.LastModified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, nil, c.told(ctx, u, err)
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	if to := resp.Header.Get("Location"); resp.StatusCode/100 == 3 && resp.StatusCode != http.StatusNotModified && to != "" {
		next, err := u.Parse(to)
		if err == nil {
			next, err = Address(next.String())
		}
		return nil, next, err
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, c.Most+1))
	if err != nil {
		return nil, nil, c.told(ctx, u, err)
	}
	if int64(len(data)) > c.Most {
		return nil, nil, bad("too-long", u.String(), fmt.Sprintf("what is there has more than %s: it was not read to its end", size(c.Most)), "give the address of one article, or a file with its words")
	}
	return &Answer{
		Address: u.String(), Status: resp.StatusCode, Type: resp.Header.Get("Content-Type"), Body: data, ETag: header(resp, "ETag"), LastModified: header(resp, "Last-Modified"),
		NotModified: resp.StatusCode == http.StatusNotModified, RetryAfter: header(resp, "Retry-After"),
	}, nil, nil
}

// header gives a header that is short enough to be kept.
func header(r *http.Response, name string) string {
	if v := r.Header.Get(name); len(v) <= 512 {
		return v
	}
	return ""
}

func size(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MiB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// told makes a problem of a request that failed.
func (c *Client) told(ctx context.Context, u *url.URL, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var slow net.Error
	var name *net.DNSError
	switch {
	case errors.Is(err, errPrivate):
		return bad("private-address", u.String(), "the address lies in the network that the program runs in", "if that is meant, say --allow-private")
	case errors.As(err, &name):
		return bad("unreachable", u.String(), fmt.Sprintf("there is no host %s", name.Name), "look at the address, and whether there is a network")
	case errors.As(err, &slow) && slow.Timeout():
		return bad("timeout", u.String(), fmt.Sprintf("no whole answer came within %s", c.Timeout), "try again later, or give a file")
	}
	var whole *url.Error
	if errors.As(err, &whole) {
		err = whole.Err
	}
	return bad("unreachable", u.String(), "the host cannot be asked: "+err.Error(), "try again later, or give a file")
}

// RetryAfter reads a Retry-After header, which is seconds or a time; false where it is
// neither.
func RetryAfter(s string, now time.Time) (time.Time, bool) {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n >= 0 {
		return now.Add(time.Duration(min(n, 30*24*3600)) * time.Second), true
	}
	if t, err := http.ParseTime(s); err == nil {
		return t, true
	}
	return time.Time{}, false
}
