package keep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/truceline/truceline/proof"
)

// Guard keeps the last checkpoint in a file outside the store. It implements
// recorder.Guard, which holds the store to it.
type Guard struct{ File string }

// Read gives the checkpoint, or nil when there is none.
func (g Guard) Read() ([]byte, error) {
	f, err := os.Open(g.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	return readBounded(g.File, f, proof.MaxNote)
}

// Write keeps a checkpoint durably in place of the one before: whenever the machine
// stops, one of the two is there whole.
func (g Guard) Write(checkpoint []byte) error {
	if len(checkpoint) > proof.MaxNote {
		return told("too-long", g.File, fmt.Sprintf("the checkpoint has %d bytes", len(checkpoint)), fmt.Sprintf("at most %d", proof.MaxNote), nil)
	}
	return replace(g.File, checkpoint, 0o644)
}
