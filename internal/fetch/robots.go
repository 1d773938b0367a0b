package fetch

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	mostRobots = 512 << 10 // RFC 9309 asks for at least 500 KiB
	mostPause  = time.Minute
	robotsHold = 24 * time.Hour // RFC 9309 §2.4
	product    = "truceline"    // the word that robots.txt may name
)

// Rules are what a site's robots.txt says to this program (RFC 9309). The zero value
// allows everything.
type Rules struct {
	rules []rule

	Pause time.Duration // that the site asks for
}

type rule struct {
	allow bool
	path  string
}

// rules gives a site's rules, asked for once a day. A site that has none allows everything;
// one that fails to say allows nothing now.
func (c *Client) rules(ctx context.Context, h *host, u *url.URL) (*Rules, error) {
	site := u.Scheme + "://" + u.Host
	if had, ok := h.robots[site]; ok && time.Since(had.at) < robotsHold {
		return had.rules, nil
	}
	rules, err := c.askRules(ctx, h, u)
	if err != nil {
		return nil, err
	}
	h.robots[site] = kept{rules, time.Now()}
	h.pause = max(c.Pause, rules.Pause)
	return rules, nil
}

func (c *Client) askRules(ctx context.Context, h *host, u *url.URL) (*Rules, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range redirects + 1 {
		got, next, err := c.ask(ctx, h, at, Asked{})
		switch {
		case err != nil:
			return nil, err
		case next != nil && next.Host == u.Host:
			at = next
		case next != nil, got.Status/100 == 4 && got.Status != http.StatusTooManyRequests:
			return &Rules{}, nil
		case got.Status/100 == 2:
			return ReadRobots(got.Body[:min(len(got.Body), mostRobots)]), nil
		default:
			return nil, bad("robots-unknown", u.String(), "the site does not say now what programs may fetch (robots.txt: "+strconv.Itoa(got.Status)+")", "try again later")
		}
	}
	return &Rules{}, nil
}

// ReadRobots reads a robots.txt: the groups that name this program, or else those for all.
func ReadRobots(data []byte) *Rules {
	mine, others := &Rules{}, &Rules{}
	named := false
	var into []*Rules // groups that the lines belong to
	naming := false   // whether the line before named a program
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	lines.Buffer(nil, 64<<10)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent":
			if !naming {
				into = nil
			}
			naming = true
			switch who := strings.ToLower(value); {
			case who == "*":
				into = append(into, others)
			case who != "" && strings.HasPrefix(who, product):
				into, named = append(into, mine), true
			}
		case "allow", "disallow":
			naming = false
			for _, r := range into {
				if value != "" && len(r.rules) < 5000 && len(value) <= 2048 {
					r.rules = append(r.rules, rule{strings.EqualFold(strings.TrimSpace(key), "allow"), value})
				}
			}
		case "crawl-delay":
			naming = false
			if n, err := strconv.ParseFloat(value, 64); err == nil && n > 0 {
				for _, r := range into {
					r.Pause = time.Duration(min(n, mostPause.Seconds()) * float64(time.Second))
				}
			}
		default: // sitemaps and what others add end no group
		}
	}
	if named {
		return mine
	}
	return others
}

// Allow tells whether a path with its query may be fetched: the longest rule that fits
// decides, and of two as long the one that allows.
func (r *Rules) Allow(path string) bool {
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	allow, longest := true, -1
	for _, one := range r.rules {
		if n := len(one.path); (n > longest || n == longest && one.allow) && fits(one.path, path) {
			allow, longest = one.allow, n
		}
	}
	return allow
}

// fits tells whether a rule is of a path: * stands for anything, $ at its end for the end.
func fits(pattern, path string) bool {
	whole := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, p := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return !whole || rest == ""
}
