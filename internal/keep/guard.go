package keep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/truceline/truceline/proof"
)

// Guard keeps the last checkpoint in a file outside the store. It implements
// recorder.Guard.
type Guard struct{ File string }

// Read gives the checkpoint, or nil when there is none.
func (g Guard) Read() ([]byte, error) {
	data, err := os.ReadFile(g.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && len(data) > proof.MaxNote {
		return nil, fmt.Errorf("%s has %d bytes and is no checkpoint", g.File, len(data))
	}
	return data, err
}

// Write keeps a checkpoint durably in place of the one before.
func (g Guard) Write(checkpoint []byte) error { return replace(g.File, checkpoint, 0o644) }
