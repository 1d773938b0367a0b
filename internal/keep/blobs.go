package keep

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// MaxBlob is the most bytes of an attachment, unless a case says otherwise.
const MaxBlob = 512 << 20

// Blobs is a folder of attachments, each under the SHA-256 of its bytes.
type Blobs struct{ Dir string }

// Blob is an attachment that is kept.
type Blob struct {
	Hash string // SHA-256, 64 hexadecimal digits
	Size int64
	Type string // sniffed from its first bytes
	Old  bool   // it was there before
}

// types are what an attachment may be, by what its first bytes say.
var types = []string{
	"image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "application/pdf", "video/mp4", "video/webm", "audio/mpeg", "audio/wave",
	"application/ogg", "application/zip", "text/html", "text/plain", "text/xml", "application/json",
}

// path is where a blob is kept.
func (b Blobs) path(hash string) (string, error) {
	if raw, err := hex.DecodeString(hash); err != nil || len(raw) != sha256.Size || strings.ToLower(hash) != hash {
		return "", fmt.Errorf("%.80q is not a SHA-256", hash)
	}
	return filepath.Join(b.Dir, hash[:2], hash), nil
}

// Put keeps what a reader gives, at most most bytes, hashed and written as it streams.
// Nothing is left of what is refused.
func (b Blobs) Put(ctx context.Context, r io.Reader, most int64) (blob Blob, err error) {
	if err := os.MkdirAll(b.Dir, 0o755); err != nil { //nolint:gosec // public
		return blob, err
	}
	f, err := os.CreateTemp(b.Dir, ".part-*")
	if err != nil {
		return blob, err
	}
	defer func() { err = errors.Join(err, f.Close(), gone(os.Remove(f.Name()))) }()
	head := make([]byte, 512)
	n, err := io.ReadFull(r, head)
	switch {
	case errors.Is(err, io.EOF):
		return blob, errors.New("the attachment is empty")
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return blob, err
	}
	if blob.Type = Sniff(head[:n]); blob.Type == "" {
		return blob, errors.New("the attachment is of no known type (JPEG, PNG, WebP, GIF, TIFF, PDF, MP4, WebM, MP3, WAV, Ogg, ZIP, office documents, HTML, text, JSON)")
	}
	sum := sha256.New()
	blob.Size, err = io.Copy(io.MultiWriter(f, sum), io.LimitReader(&stopper{ctx, io.MultiReader(bytes.NewReader(head[:n]), r)}, most+1))
	if err != nil {
		return blob, err
	}
	if blob.Size > most {
		return blob, fmt.Errorf("the attachment has more than %d bytes", most)
	}
	blob.Hash = hex.EncodeToString(sum.Sum(nil))
	name, err := b.path(blob.Hash)
	if err != nil {
		return blob, err
	}
	if b.Verify(blob.Hash) == nil {
		blob.Old = true
		return blob, nil
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), f.Chmod(0o644), f.Sync(), os.Rename(f.Name(), name)); err != nil { //nolint:gosec // public
		return blob, err
	}
	return blob, errors.Join(syncDir(filepath.Dir(name)), syncDir(b.Dir))
}

func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// stopper ends a stream with its context.
type stopper struct {
	ctx context.Context //nolint:containedctx // of one stream
	r   io.Reader
}

func (s *stopper) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// Sniff tells the type of an attachment from its first bytes; empty when it is none that
// is kept.
func Sniff(head []byte) string {
	if bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*")) {
		return "image/tiff"
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	if kind == "text/plain" && (bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) || bytes.HasPrefix(bytes.TrimSpace(head), []byte("["))) {
		return "application/json"
	}
	for _, t := range types {
		if t == kind {
			return kind
		}
	}
	return ""
}

// Open gives a blob whose reading ends with an error when it does not hash to its name.
func (b Blobs) Open(hash string) (io.ReadCloser, error) {
	name, err := b.path(hash)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name) //nolint:gosec // named by its hash
	if err != nil {
		return nil, err
	}
	return &checked{f: f, sum: sha256.New(), want: hash}, nil
}

// checked hashes what is read of it.
type checked struct {
	f    *os.File
	sum  hash.Hash
	want string
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.f.Read(p)
	c.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.sum.Sum(nil)) != c.want {
		return n, fmt.Errorf("the attachment %s… is damaged: it hashes to another name", c.want[:12])
	}
	return n, err
}

func (c *checked) Close() error { return c.f.Close() }

// Verify tells whether a blob is there and whole.
func (b Blobs) Verify(hash string) error {
	r, err := b.Open(hash)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return errors.Join(err, r.Close())
}
