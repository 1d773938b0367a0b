package keep

import (
	"io"
	"slices"
	"strings"

	"github.com/truceline/truceline/record"
)

// ReadDraft reads an entry as its author writes it (record.ParseDraft), seals what is
// protected of it with salts from random, and gives what opens the commitments. line is
// that of the first byte of data. Faults are a problem.List, which quotes no protected
// value.
func ReadDraft(file string, line int, data []byte, random io.Reader) (record.Entry, []record.Opening, error) {
	e, openings, err := record.ParseDraft(file, line, data)
	if err != nil {
		return record.Entry{}, nil, err
	}
	for i := range openings {
		if _, err := io.ReadFull(random, openings[i].Salt[:]); err != nil {
			return record.Entry{}, nil, err
		}
		e.Sealed = append(e.Sealed, openings[i].Sealed(e.Ref))
	}
	slices.SortFunc(e.Sealed, func(a, b record.Sealed) int { return strings.Compare(a.Field, b.Field) })
	return e, openings, nil
}
