package keep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"github.com/truceline/truceline/problem"
)

// MaxBlob is the most bytes of an attachment, unless a case says otherwise.
const MaxBlob = 512 << 20

// Blobs is a folder of attachments, each under the SHA-256 of its bytes. They are public.
type Blobs struct {
	Dir string
	Any bool // they may be of any type
}

// Blob is an attachment that is kept.
type Blob struct {
	Hash string // SHA-256, 64 hexadecimal digits
	Size int64
	Type string // sniffed from its first bytes; empty for one of no known type
	Old  bool   // it was there before
}

// blobPath is where the attachment with a hash lies below a folder.
func blobPath(dir, hash, ending string) (string, error) {
	if !isHash(hash) {
		return "", problem.Problem{Code: "bad-hash", What: fmt.Sprintf("%.80q is not a SHA-256", hash), Mend: "it has 64 lower-case hexadecimal digits"}
	}
	return filepath.Join(dir, hash[:2], hash+ending), nil
}

// Put keeps what a reader gives, at most most bytes, hashed and written as it streams.
// It is durable when Put returns, and nothing is left of what is refused. What is there
// already is kept once; a damaged copy is mended.
func (b Blobs) Put(ctx context.Context, r io.Reader, most int64) (Blob, error) {
	if err := os.MkdirAll(b.Dir, 0o755); err != nil { //nolint:gosec // public
		return Blob{}, err
	}
	part, err := os.CreateTemp(b.Dir, ".part-*")
	if err != nil {
		return Blob{}, err
	}
	defer drop(part)
	blob, err := take(ctx, part, r, most, b.Any)
	if err != nil {
		return Blob{}, err
	}
	name, err := blobPath(b.Dir, blob.Hash, "")
	if err != nil {
		return Blob{}, err
	}
	if blob.Old = b.Verify(blob.Hash) == nil; blob.Old {
		return blob, syncDir(filepath.Dir(name))
	}
	return blob, settle(part, name, 0o755, 0o644)
}

// take copies an attachment: its type is sniffed, its size bounded, its bytes are hashed.
func take(ctx context.Context, w io.Writer, r io.Reader, most int64, anyType bool) (blob Blob, err error) {
	r = &stopper{ctx, r}
	head := make([]byte, sniffed)
	n, err := io.ReadFull(r, head)
	if n == 0 && errors.Is(err, io.EOF) {
		return blob, problem.Problem{Code: "empty", What: "the attachment is empty"}
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return blob, err
	}
	head = head[:n]
	if blob.Type = Sniff(head); blob.Type == "" && !anyType {
		return blob, problem.Problem{Code: "unknown-type", What: "the attachment is of no type that is kept", Mend: "give " + kindsKept}
	}
	sum := sha256.New()
	both := io.MultiWriter(w, sum)
	if _, err := both.Write(head); err != nil {
		return blob, err
	}
	rest, err := io.Copy(both, io.LimitReader(r, max(most-int64(n), 0)+1))
	if err != nil {
		return blob, err
	}
	if blob.Size = int64(n) + rest; blob.Size > most {
		return blob, problem.Problem{Code: "too-long", What: fmt.Sprintf("the attachment has more than %d bytes", most), Mend: "give it in parts, or as a smaller copy"}
	}
	blob.Hash = hex.EncodeToString(sum.Sum(nil))
	return blob, nil
}

// settle gives a part that was written whole its name, durably.
func settle(part *os.File, name string, dirMode, mode os.FileMode) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	err := part.Chmod(mode)
	if err == nil {
		err = part.Sync()
	}
	if err = errors.Join(err, part.Close()); err != nil {
		return err
	}
	if err := os.Rename(part.Name(), name); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), syncDir(filepath.Dir(dir)))
}

// drop takes a part away that did not get its name.
func drop(part *os.File) {
	_ = part.Close() // settle closed it, or it is not wanted
	_ = os.Remove(part.Name())
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

// Open gives a blob. Its reading ends with an error instead of io.EOF when it does not
// hash to its name: who must not pass on a byte of a damaged one asks Verify first. The
// error is fs.ErrNotExist when there is none.
func (b Blobs) Open(hash string) (io.ReadCloser, error) {
	name, err := blobPath(b.Dir, hash, "")
	if err != nil {
		return nil, err
	}
	f, err := openBlob(name, hash)
	if err != nil {
		return nil, err
	}
	return &checked{r: f, f: f, sum: sha256.New(), want: hash, name: name}, nil
}

func openBlob(name, hash string) (*os.File, error) {
	f, err := os.Open(name) //nolint:gosec // named by its hash
	if errors.Is(err, fs.ErrNotExist) {
		return nil, told("no-such-blob", name, "the attachment "+hash[:12]+"… is not here", "fetch it from a mirror that has it, or from who gave it", err)
	}
	return f, err
}

// checked hashes what is read of it.
type checked struct {
	r    io.Reader
	f    *os.File
	sum  hash.Hash
	want string
	name string
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.sum.Write(p[:n])
	switch {
	case errors.Is(err, io.EOF) && hex.EncodeToString(c.sum.Sum(nil)) != c.want:
		return n, told("damaged", c.name, "the attachment "+c.want[:12]+"… is damaged: it hashes to another name", "put back a copy of it", nil)
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	}
	return n, told("damaged", c.name, "the attachment "+c.want[:12]+"… cannot be read to its end", "put back a copy of it", err)
}

func (c *checked) Close() error { return c.f.Close() }

// Verify tells whether a blob is there and whole: nil, or what is wrong with it.
func (b Blobs) Verify(hash string) error {
	r, err := b.Open(hash)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return errors.Join(err, r.Close())
}

// attachments is where protected attachments lie, and the mark of one that was erased.
func (p Protected) attachments(hash string) (file, mark string, err error) {
	dir := filepath.Join(p.Dir, "blobs")
	if file, err = blobPath(dir, hash, ".age"); err == nil {
		mark, err = blobPath(dir, hash, ".erased")
	}
	return file, mark, err
}

// PutBlob seals an attachment as it streams, at most most bytes of it. It is kept under
// the hash of what it says, which tells who has the attachment that it is here: no word
// of that hash belongs into the open unless that is wanted. What was erased is not kept
// again: ErrErased.
func (p Protected) PutBlob(ctx context.Context, r io.Reader, most int64) (Blob, error) {
	recipients, err := p.recipients()
	if err != nil {
		return Blob{}, err
	}
	if err := privateDir(p.Dir); err != nil {
		return Blob{}, err
	}
	dir := filepath.Join(p.Dir, "blobs")
	if err := privateDir(dir); err != nil {
		return Blob{}, err
	}
	part, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return Blob{}, err
	}
	defer drop(part)
	w, err := age.Encrypt(part, recipients...)
	if err != nil {
		return Blob{}, err
	}
	blob, err := take(ctx, w, r, most, p.Any)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return Blob{}, err
	}
	file, mark, err := p.attachments(blob.Hash)
	switch {
	case err != nil:
		return Blob{}, err
	case there(mark):
		return Blob{}, ErrErased
	case there(file): // it came by its name whole
		blob.Old = true
		return blob, syncDir(filepath.Dir(file))
	}
	return blob, settle(part, file, 0o700, 0o600)
}

// OpenBlob gives a protected attachment as Blobs.Open does. ErrNotHere, ErrErased,
// ErrNoIdentity.
func (p Protected) OpenBlob(hash string) (io.ReadCloser, error) {
	name, mark, err := p.attachments(hash)
	if err != nil {
		return nil, err
	}
	if there(mark) {
		return nil, ErrErased
	}
	if !there(name) {
		return nil, ErrNotHere
	}
	identities, err := p.identities()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name) //nolint:gosec // named by its hash
	if err != nil {
		return nil, err
	}
	r, err := age.Decrypt(f, identities...)
	if err != nil {
		return nil, errors.Join(told("damaged", name, "the attachment cannot be opened with the key that is here", "put back a copy of the file, or give the key of another recipient", err), f.Close())
	}
	return &checked{r: r, f: f, sum: sha256.New(), want: hash, name: name}, nil
}

// EraseBlob deletes a protected attachment as Erase does a value.
func (p Protected) EraseBlob(hash string) error {
	file, mark, err := p.attachments(hash)
	if err != nil {
		return err
	}
	return erase(file, mark)
}
