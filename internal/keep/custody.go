package keep

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/truceline/truceline/record"
)

// Custody is the log of who had an attachment or a protected value in hand, and when:
// lines of canonical JSON, each naming the hash of the line before. It is kept beside the
// record and never published.
type Custody struct {
	File string
	mu   sync.Mutex
}

// Event is a line of the log.
type Event struct {
	At       string `json:"at"` // RFC 3339, UTC
	By       string `json:"by"`
	Event    string `json:"event"`
	What     string `json:"what"` // the hash of a blob, or the identity of an entry and a field
	Size     int64  `json:"size,omitempty"`
	Type     string `json:"type,omitempty"`
	Note     string `json:"note,omitempty"`
	Previous string `json:"previous"` // SHA-256 of the line before; zeros for the first
}

// Events are what may happen to what is kept.
var Events = []string{"received", "opened", "exported", "disclosed", "erased"}

var zeros = hex.EncodeToString(make([]byte, 32))

// Add writes an event durably. A log that does not fit its own chain takes none.
func (c *Custody) Add(at time.Time, e Event) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Contains(Events, e.Event) || e.By == "" || e.What == "" {
		return fmt.Errorf("the event %q by %q cannot be logged", e.Event, e.By)
	}
	list, err := c.read()
	if err != nil {
		return err
	}
	e.At, e.Previous = at.UTC().Format(time.RFC3339), zeros
	if len(list) > 0 {
		e.Previous = list[len(list)-1].hash
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return err
	}
	line, err := record.CanonicalJSON(raw)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// Read gives the events, held to their chain: the error names the first line that does
// not fit.
func (c *Custody) Read() ([]Event, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list, err := c.read()
	events := make([]Event, len(list))
	for i, l := range list {
		events[i] = l.Event
	}
	return events, err
}

type custodyLine struct {
	Event
	hash string
}

func (c *Custody) read() ([]custodyLine, error) {
	data, err := os.ReadFile(c.File)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(data) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseCustody(c.File, data)
}

func parseCustody(name string, data []byte) ([]custodyLine, error) {
	var list []custodyLine
	previous := zeros
	rest, whole := bytes.CutSuffix(data, []byte("\n"))
	lines := bytes.Split(rest, []byte("\n"))
	for i, line := range lines {
		bad := func(what string) error { return fmt.Errorf("%s:%d: %s", name, i+1, what) }
		if i == len(lines)-1 && !whole {
			return list, bad("the last line is cut short, as by a crash while it was written: look at it, and take it out")
		}
		var e Event
		canonical, err := record.CanonicalJSON(line)
		if err != nil || json.Unmarshal(line, &e) != nil || !bytes.Equal(canonical, line) {
			return list, bad("the line is not an event of custody")
		}
		if e.Previous != previous {
			return list, bad("the line does not follow the one before: lines were changed or taken out")
		}
		sum := sha256.Sum256(line)
		previous = hex.EncodeToString(sum[:])
		list = append(list, custodyLine{e, previous})
	}
	return list, nil
}
