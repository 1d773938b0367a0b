package web

import (
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// errAddress tells what an address of a site is.
var errAddress = errors.New("the address of a site is written https://record.example, with a port if need be")

// CheckAddress reads the address at which a site stands, as an operator writes it: http or
// https and a host; a path only where one may stand, as before files that are served below
// a folder. It comes back without a slash at its end.
func CheckAddress(text string, path bool) (string, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || !soundHost(u.Host):
		return "", fmt.Errorf("%q: %w", text, errAddress)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(text, "#"):
		return "", fmt.Errorf("%q: %w, and carries no name, question or fragment", text, errAddress)
	case !path && strings.Trim(u.Path, "/") != "":
		return "", fmt.Errorf("%q: %w; pages are served from the root of their host", text, errAddress)
	}
	u.Host = strings.ToLower(u.Host)
	return strings.TrimRight(u.String(), "/"), nil
}

// hostName is a name of letters, figures, hyphens and dots, as certificates carry it.
var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*\.?$`)

// soundHost tells a host, with or without a port, that can stand in an address as it is.
func soundHost(host string) bool {
	if len(host) == 0 || len(host) > 255 {
		return false
	}
	name := host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		port, err := strconv.ParseUint(host[i+1:], 10, 16)
		if err != nil || port == 0 || host[i+1] == '+' {
			return false
		}
		name = host[:i]
	}
	if inner, ok := strings.CutPrefix(name, "["); ok {
		inner, closed := strings.CutSuffix(inner, "]")
		ip, err := netip.ParseAddr(inner)
		return closed && err == nil && ip.Is6() && ip.Zone() == ""
	}
	return hostName.MatchString(name)
}

// address is where the site stands: as the operator says, else as the request does, or ""
// where that cannot stand in an address. A request is believed about https only from a
// server on this machine.
func (s *site) address(r *http.Request) string {
	if s.options.Address != "" || s.options.Static != nil {
		return s.options.Address
	}
	if !soundHost(r.Host) {
		return ""
	}
	scheme := "http"
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if r.TLS != nil || err == nil && ip.IsLoopback() && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + strings.ToLower(r.Host)
}

// absolute gives a link of the site with the site's address, "" without one. In an export
// it names the file.
func (s *site) absolute(address string, link template.URL) string {
	if address == "" {
		return ""
	}
	if s.options.Static == nil {
		return address + string(link)
	}
	u, err := url.Parse(string(link))
	if err != nil {
		return ""
	}
	file, ok := StaticFile(u)
	if !ok {
		return ""
	}
	return address + "/" + strings.TrimSuffix((&url.URL{Path: file}).EscapedPath(), "index.html") // as hosts of files answer
}
