package moment

import (
	"fmt"
	"strings"
)

// Error says what is wrong with a text that should be a time, a length of time or a zone.
type Error struct {
	Text    string // the whole text as given
	Offset  int    // where in Text the trouble begins, in bytes from 0; len(Text) if something is missing at the end
	Problem string // what is wrong
	Mend    string // how to mend it; may be empty
}

// Error writes one line: the text, the place as a count of bytes from 1, the problem and the mend.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q, at byte %d: %s", e.Text, e.Offset+1, e.Problem)
	if e.Mend != "" {
		b.WriteString("; ")
		b.WriteString(e.Mend)
	}
	return b.String()
}
