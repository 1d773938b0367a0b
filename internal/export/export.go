// Package export lays a site out as files: it asks the site for what it can find from where
// it begins, and makes the links between the answers lead from file to file. The same site
// gives the same bytes.
package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Mark is the file that tells an earlier export from a folder of someone else's.
const Mark = "truceline-export.json"

// Options say what is laid out.
type Options struct {
	Begin []string // addresses on the site
	// File names the file, below the folder, that answers an address; false where none can.
	File     func(*url.URL) (string, bool)
	Mark     []byte // what the file that marks the export holds
	Progress func(done, found int)
}

// Done tells what was laid out.
type Done struct {
	Files int
	Bytes int64
	Left  int // links that no file can answer: their words stand without a link
}

// Write lays a site out in a folder that is new, empty, or holds an earlier export, which
// it replaces. The folder comes into being whole or not at all.
func Write(ctx context.Context, site http.Handler, dir string, o Options) (*Done, error) {
	dir = filepath.Clean(dir)
	old, err := replaced(dir)
	if err != nil {
		return nil, err
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".part-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(part) //nolint:errcheck // gone when it was moved
	c := &crawl{ctx: ctx, site: site, dir: part, o: o, files: map[string]*answer{}, out: &Done{}}
	if err := c.all(); err != nil {
		return nil, err
	}
	if err := os.Chmod(part, 0o755); err != nil { //nolint:gosec // it is public
		return nil, err
	}
	if !old {
		return c.out, os.Rename(part, dir)
	}
	aside := part + ".old"
	if err := os.Rename(dir, aside); err != nil {
		return nil, err
	}
	if err := os.Rename(part, dir); err != nil {
		return nil, errors.Join(err, os.Rename(aside, dir))
	}
	return c.out, os.RemoveAll(aside)
}

// replaced tells whether a folder is there to be replaced; a folder of other things is
// refused.
func replaced(dir string) (bool, error) {
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%s: is no folder that can be written: %w", dir, err)
	case len(list) == 0:
		return true, nil
	}
	if _, err := os.Lstat(filepath.Join(dir, Mark)); err != nil {
		return false, fmt.Errorf("%s holds other files: name a new folder, or one that an earlier export wrote", dir)
	}
	return true, nil
}

// answer is one answer of the site, as it lies in a file.
type answer struct {
	address *url.URL
	rewrite bool // it holds links
}

type crawl struct {
	ctx   context.Context //nolint:containedctx // of one export
	site  http.Handler
	dir   string
	o     Options
	out   *Done
	order []string           // files in the order in which they were found
	files map[string]*answer // by file; nil: nothing stands there
}

func (c *crawl) all() error {
	for _, begin := range c.o.Begin {
		u, err := url.Parse(begin)
		if err != nil {
			return err
		}
		if file, ok := c.o.File(u); ok {
			c.find(file, u)
		}
	}
	for i := 0; i < len(c.order); i++ { // it grows meanwhile
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := c.fetch(c.order[i]); err != nil {
			return err
		}
		if c.o.Progress != nil {
			c.o.Progress(i+1, len(c.order))
		}
	}
	for _, file := range c.order {
		a := c.files[file]
		if a == nil {
			continue
		}
		if a.rewrite {
			if err := c.rewrite(file, a); err != nil {
				return err
			}
		}
		info, err := os.Stat(c.path(file))
		if err != nil {
			return err
		}
		c.out.Files++
		c.out.Bytes += info.Size()
	}
	return os.WriteFile(c.path(Mark), c.o.Mark, 0o644) //nolint:gosec // it is public
}

func (c *crawl) path(file string) string { return filepath.Join(c.dir, filepath.FromSlash(file)) }

// find takes note of an address that is to be laid out.
func (c *crawl) find(file string, u *url.URL) {
	if _, known := c.files[file]; !known {
		c.files[file] = &answer{address: &url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}}
		c.order = append(c.order, file)
	}
}

// fetch asks for one address, keeps the answer, and takes note of what it leads to.
func (c *crawl) fetch(file string) error {
	a := c.files[file]
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return fmt.Errorf("%s: cannot be the name of a file", file)
	}
	r, err := http.NewRequestWithContext(c.ctx, http.MethodGet, a.address.String(), http.NoBody)
	if err != nil {
		return err
	}
	w := &kept{header: http.Header{}, status: http.StatusOK}
	c.site.ServeHTTP(w, r)
	switch {
	case w.status == http.StatusOK:
	case w.status == http.StatusNotFound:
		c.files[file] = nil
		return nil
	default:
		return fmt.Errorf("%s: the site answers %d %s", a.address, w.status, http.StatusText(w.status))
	}
	contentType, _, _ := strings.Cut(w.header.Get("Content-Type"), ";")
	if contentType == "text/html" || contentType == "image/svg+xml" {
		a.rewrite = true
		links(w.body.Bytes(), func(_, _, href string) {
			if u, ok := c.within(a.address, href); ok {
				if file, ok := c.o.File(u); ok {
					c.find(file, u)
				}
			}
		})
	}
	to := c.path(file)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // it is public
		return err
	}
	return os.WriteFile(to, w.body.Bytes(), 0o644) //nolint:gosec // it is public
}

// within resolves a link of a page; false where it leads elsewhere or nowhere but to the
// page itself.
func (c *crawl) within(page *url.URL, href string) (*url.URL, bool) {
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" || u.Host != "" || href == "" || strings.HasPrefix(href, "#") {
		return nil, false
	}
	return page.ResolveReference(u), true
}

// target gives the way from a file to the one that answers a link; "" where none does.
func (c *crawl) target(file string, u *url.URL) string {
	to, ok := c.o.File(u)
	if !ok || c.files[to] == nil {
		return ""
	}
	from := strings.Split(path.Dir(file), "/")
	if path.Dir(file) == "." {
		from = nil
	}
	parts := strings.Split(to, "/")
	for len(from) > 0 && len(parts) > 1 && from[0] == parts[0] {
		from, parts = from[1:], parts[1:]
	}
	way := strings.Repeat("../", len(from)) + (&url.URL{Path: strings.Join(parts, "/")}).EscapedPath()
	if first, _, _ := strings.Cut(way, "/"); strings.Contains(first, ":") {
		way = "./" + way
	}
	if u.Fragment != "" {
		way += "#" + u.EscapedFragment()
	}
	return way
}

// kept keeps an answer.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(p []byte) (int, error) { return k.body.Write(p) }
