package proof

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// maxProof is how many hashes a proof has at most: no tree is higher.
const maxProof = 63

// MaxAddCheckpoint is the most bytes of a request to a witness.
const MaxAddCheckpoint = len("old \n\n") + 19 + maxProof*45 + MaxNote

// AddCheckpoint is a request to a witness: cosign this, it continues the tree of the older
// size (C2SP tlog-witness, add-checkpoint).
type AddCheckpoint struct {
	Old        int64  // leaves of the tree that the witness cosigned last; 0 for none
	Proof      []Hash // of consistency; empty if Old is 0
	Checkpoint []byte // the signed note
}

// Marshal gives the body of the request.
func (a AddCheckpoint) Marshal() []byte {
	out := append(strconv.AppendInt([]byte("old "), a.Old, 10), '\n')
	return append(appendProof(out, a.Proof), a.Checkpoint...)
}

// ParseAddCheckpoint reads what Marshal writes, and nothing else. The checkpoint has the
// form of a signed note; its signatures and its text are not looked at.
func ParseAddCheckpoint(body []byte) (AddCheckpoint, error) {
	if len(body) > MaxAddCheckpoint {
		return AddCheckpoint{}, fmt.Errorf("the request has %d bytes (at most %d)", len(body), MaxAddCheckpoint)
	}
	first, rest, _ := bytes.Cut(body, []byte("\n"))
	number, ok := strings.CutPrefix(string(first), "old ")
	old, ok2 := parseDecimal(number)
	if !ok || !ok2 {
		return AddCheckpoint{}, fmt.Errorf("the request begins with %.40q and not with the older size: old N", first)
	}
	hashes, checkpoint, err := cutProof(rest)
	if err != nil {
		return AddCheckpoint{}, err
	}
	if _, _, err := splitNote(checkpoint); err != nil {
		return AddCheckpoint{}, err
	}
	return AddCheckpoint{old, hashes, checkpoint}, nil
}

// appendProof writes hashes, a line each, and the empty line after them.
func appendProof(out []byte, hashes []Hash) []byte {
	for i := range hashes {
		out = append(base64.StdEncoding.AppendEncode(out, hashes[i][:]), '\n')
	}
	return append(out, '\n')
}

// cutProof reads what appendProof writes, and gives what comes after.
func cutProof(data []byte) (hashes []Hash, rest []byte, err error) {
	for {
		line, rest, ok := bytes.Cut(data, []byte("\n"))
		switch {
		case !ok:
			return nil, nil, errors.New("no empty line ends the proof")
		case len(line) == 0:
			return hashes, rest, nil
		case len(hashes) == maxProof:
			return nil, nil, fmt.Errorf("the proof has more than %d hashes", maxProof)
		}
		h, ok := parseHash(string(line))
		if !ok {
			return nil, nil, fmt.Errorf("hash %d of the proof is not the base64 of 32 bytes", len(hashes)+1)
		}
		hashes, data = append(hashes, h), rest
	}
}

// Seen is what a witness knows of a log: whom it believes, and the newest tree that it
// cosigned.
type Seen struct {
	Keys []*Verifier // any of them signs for the log
	Size int64       // leaves; 0 if it has cosigned none
	Root Hash        // of that tree; not looked at if Size is 0
}

// Witness is what a witness knows of each log, by its origin.
type Witness map[string]Seen

// Verdict is a witness's answer to a request.
type Verdict struct {
	Status      int    // of HTTP: 200, 400, 403, 404, 409 or 422
	ContentType string // of the body
	Body        []byte // unless Status is 200, when it is the line of the cosignature

	// If Status is 200: what the witness must keep, before it cosigns, in place of what it
	// knew; and the note to cosign (Signer.CosignatureLine).
	Origin     string
	Seen       Seen
	Checkpoint []byte
}

// SizeType is the type of the body by which a witness tells the size that it cosigned last.
const SizeType = "text/x.tlog.size"

// Judge decides on a request (C2SP tlog-witness, add-checkpoint). It changes nothing: the
// caller keeps Seen and only then cosigns, and lets no other request of the log in between.
func (w Witness) Judge(body []byte) Verdict {
	no := func(status int, format string, args ...any) Verdict {
		return Verdict{Status: status, ContentType: "text/plain; charset=utf-8", Body: fmt.Appendf(nil, format+"\n", args...)}
	}
	a, err := ParseAddCheckpoint(body)
	if err != nil {
		return no(400, "%s", err)
	}
	text, sigs, err := splitNote(a.Checkpoint)
	if err != nil {
		return no(400, "%s", err)
	}
	c, err := ParseCheckpoint(string(text))
	if err != nil {
		return no(400, "%s", err)
	}
	seen, known := w[c.Origin]
	if !known {
		return no(404, "unknown log: %s", c.Origin)
	}
	signed := false
	for _, s := range sigs {
		if v := pick(s, nil, seen.Keys); v != nil {
			if !v.Verify(text, s.raw) {
				return no(403, "invalid signature of %s", s.name)
			}
			signed = true
		}
	}
	if seen.Size == 0 {
		seen.Root = EmptyRoot
	}
	switch {
	case !signed:
		return no(403, "no signature by a known key of %s", c.Origin)
	case a.Old > c.Size:
		return no(400, "old size %d is more than the checkpoint's %d", a.Old, c.Size)
	case a.Old != seen.Size:
		return Verdict{Status: 409, ContentType: SizeType, Body: fmt.Appendf(nil, "%d\n", seen.Size)}
	case a.Old == c.Size && len(a.Proof) == 0 && c.Root != seen.Root:
		return no(409, "another root of size %d was cosigned: two histories", c.Size)
	}
	if err := CheckConsistency(a.Proof, c.Size, c.Root, seen.Size, seen.Root); err != nil {
		return no(422, "consistency proof: %s", err)
	}
	seen.Size, seen.Root = c.Size, c.Root
	return Verdict{Status: 200, ContentType: "text/plain; charset=utf-8", Origin: c.Origin, Seen: seen, Checkpoint: a.Checkpoint}
}
