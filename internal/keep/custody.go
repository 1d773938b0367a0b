package keep

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Custody is the log of who had an attachment or a protected value in hand, and when:
// lines of canonical JSON, each naming the hash of the line before. It is kept beside the
// record and never published. It shows that lines were changed or taken out, but for the
// last ones, unless the hash of the last line is known from elsewhere.
type Custody struct {
	File string

	mu   sync.Mutex
	held chain // of the lines that were held to the chain already
}

// Event is a line of the log.
type Event struct {
	At       string `json:"at"` // RFC 3339, UTC, whole seconds
	By       string `json:"by"`
	Event    string `json:"event"`
	What     string `json:"what"` // the hash of a blob, or the identity of an entry and a field
	Size     int64  `json:"size,omitempty"`
	Type     string `json:"type,omitempty"`
	Note     string `json:"note,omitempty"` // never a protected value
	Previous string `json:"previous"`       // SHA-256 of the line before; zeros for the first
}

// Events are what may happen to what is kept.
var Events = []string{"received", "opened", "exported", "disclosed", "erased"}

// maxCustodyLine is the most bytes of a line of the log.
const maxCustodyLine = 16 << 10

var zeros = hex.EncodeToString(make([]byte, 32))

// line writes an event.
func (e Event) line() ([]byte, error) {
	bad := func(what string) error {
		return problem.Problem{Code: "bad-event", What: what, Mend: "an event has a time, by whom, what with, and is one of " + strings.Join(Events, ", ")}
	}
	if _, err := time.Parse(time.RFC3339, e.At); err != nil || !strings.HasSuffix(e.At, "Z") {
		return nil, bad(fmt.Sprintf("%.40q is not a time in UTC", e.At))
	}
	if !slices.Contains(Events, e.Event) || e.By == "" || e.What == "" || e.Size < 0 || !isHash(e.Previous) {
		return nil, bad(fmt.Sprintf("the event %.40q by %.80q cannot be logged", e.Event, e.By))
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	line, err := record.CanonicalJSON(raw)
	if err == nil && len(line) > maxCustodyLine {
		err = bad(fmt.Sprintf("the event has %d bytes, more than %d", len(line), maxCustodyLine))
	}
	return line, err
}

// Add writes an event durably; the time is the caller's. A log that does not fit its own
// chain takes none. Several processes may add to one log.
func (c *Custody) Add(at time.Time, e Event) (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, err := os.OpenFile(c.File, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }() // which unlocks it
	if err := lock(f); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := private(c.File, info); err != nil {
		return err
	}
	if info.Size() < c.held.bytes {
		return told("damaged", c.File, fmt.Sprintf("it has %d bytes and had %d: lines were taken out", info.Size(), c.held.bytes), "put back a copy of it", nil)
	}
	held := c.held.begun(c.File)
	if err := held.follow(io.NewSectionReader(f, held.bytes, info.Size()-held.bytes), nil); err != nil {
		return err
	}
	e.At, e.Previous = at.UTC().Format(time.RFC3339), held.last
	line, err := e.line()
	if err != nil {
		return err
	}
	if err := appendLine(f, info.Size(), line); err != nil {
		return err
	}
	if info.Size() == 0 {
		if err := syncDir(filepath.Dir(c.File)); err != nil {
			return err
		}
	}
	held.took(line)
	c.held = held
	return nil
}

// appendable is a file that is written at its end.
type appendable interface {
	io.Writer
	Sync() error
	Truncate(size int64) error
}

// appendLine writes a line at the end of a file of a size, durably or not at all.
func appendLine(f appendable, size int64, line []byte) error {
	_, err := f.Write(append(bytes.Clone(line), '\n'))
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return errors.Join(err, f.Truncate(size))
	}
	return nil
}

// Read gives the events, held to their chain: the error names the first line that does
// not fit, and the events are those before it.
func (c *Custody) Read() ([]Event, error) {
	f, err := os.Open(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := private(c.File, info); err != nil {
		return nil, err
	}
	return VerifyCustody(c.File, f)
}

// VerifyCustody reads a log of custody and holds it to its chain; name is how the error
// calls it, which names the first line that does not fit. The events are those before it.
func VerifyCustody(name string, r io.Reader) ([]Event, error) {
	var list []Event
	var c chain
	held := c.begun(name)
	err := held.follow(r, func(e Event) { list = append(list, e) })
	return list, err
}

// chain is how far a log was held to its chain.
type chain struct {
	name  string
	lines int
	bytes int64
	last  string // SHA-256 of the last line
}

// begun gives the chain, or one at its beginning.
func (c chain) begun(name string) chain {
	if c.lines == 0 {
		c.last = zeros
	}
	c.name = name
	return c
}

// took goes on by a line.
func (c *chain) took(line []byte) {
	sum := sha256.Sum256(line)
	c.last = hex.EncodeToString(sum[:])
	c.lines++
	c.bytes += int64(len(line)) + 1
}

// follow reads on to the end.
func (c *chain) follow(r io.Reader, visit func(Event)) error {
	lines := bufio.NewReaderSize(r, maxCustodyLine+2)
	for {
		line, err := lines.ReadSlice('\n')
		bad := func(code, what, mend string) error {
			return problem.Problem{Code: code, File: c.name, Line: c.lines + 1, What: what, Mend: mend}
		}
		const whole = "put back a copy of it: nothing is added to a log that does not fit"
		switch {
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil
		case errors.Is(err, io.EOF):
			return bad("torn", "the last line is cut short, as by a crash while it was written", "look at what it was about to say, take it out, and log the event anew")
		case errors.Is(err, bufio.ErrBufferFull):
			return bad("damaged", fmt.Sprintf("the line has more than %d bytes", maxCustodyLine), whole)
		case err != nil:
			return err
		}
		line = line[:len(line)-1]
		var e Event
		if json.Unmarshal(line, &e) != nil {
			return bad("damaged", "the line is not an event of custody", whole)
		}
		if right, err := e.line(); err != nil || !bytes.Equal(right, line) {
			return bad("damaged", "the line is not an event of custody as one is written", whole)
		}
		if e.Previous != c.last {
			return bad("damaged", "the line does not follow the one before: lines were changed, put in or taken out", whole)
		}
		c.took(line)
		if visit != nil {
			visit(e)
		}
	}
}
