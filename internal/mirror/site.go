package mirror

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Site is a mirror that is read from an address. Nothing that it answers is believed;
// every answer is bounded in size and time, and it is not followed elsewhere.
type Site struct {
	base   *url.URL
	client *http.Client
	ctx    context.Context //nolint:containedctx // fs.FS has no place for it
}

const (
	siteFile = 64 << 20 // bytes of a file
	siteTime = 30 * time.Second
)

// NewSite reads the mirror under an address, http or https.
func NewSite(ctx context.Context, address string) (*Site, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("%s is no address of a record (write https://…)", address)
	case u.User != nil:
		return nil, errors.New("an address of a record carries no name or password")
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	u.RawQuery, u.Fragment = "", ""
	stay := func(_ *http.Request, _ []*http.Request) error {
		return errors.New("the site answers that it is elsewhere: give that address yourself if you trust it")
	}
	return &Site{base: u, ctx: ctx, client: &http.Client{Timeout: siteTime, CheckRedirect: stay}}, nil
}

// Open implements fs.FS.
func (s *Site) Open(name string) (fs.File, error) {
	data, err := s.get(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return newFile(name, data), nil
}

func (s *Site) get(name string) ([]byte, error) {
	if !fs.ValidPath(name) || name == "." {
		return nil, fs.ErrNotExist
	}
	u := *s.base
	u.Path += name
	req, err := http.NewRequestWithContext(s.ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusGone:
		return nil, fs.ErrNotExist
	default:
		return nil, fmt.Errorf("the site answers %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, siteFile+1))
	if err == nil && len(data) > siteFile {
		err = fmt.Errorf("the answer has more than %d bytes", siteFile)
	}
	return data, err
}
