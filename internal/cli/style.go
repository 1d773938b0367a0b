package cli

import (
	"io"
	"os"

	"golang.org/x/term"
)

// isTerminal tells whether a stream is a terminal that can do more than print.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// Colours of levels. They never stand alone: the word is always there.
var colours = map[string]string{"error": "\x1b[31m", "warning": "\x1b[33m", "info": "\x1b[36m"}

// level writes the word of a level, coloured on a terminal unless NO_COLOR is set.
func (a *app) level(word string) string {
	if !a.colour {
		return word
	}
	return colours[word] + word + "\x1b[0m"
}
