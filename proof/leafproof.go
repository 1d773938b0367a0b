package proof

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const (
	leafProofHeader = "c2sp.org/tlog-proof@v1\n"
	maxExtra        = 64 << 10 // bytes
	maxLeafProof    = len(leafProofHeader) + 2*maxExtra + maxProof*45 + MaxNote
)

// LeafProof proves to whoever knows the log's key that a leaf is in its tree, without
// asking anybody (C2SP tlog-proof; files of it end in .tlog-proof).
type LeafProof struct {
	Extra      []byte // for the application, vouched for by nothing; nil for none, at most 64 KiB
	Index      int64  // of the leaf, from 0
	Hashes     []Hash // of inclusion, from the leaf's sibling up
	Checkpoint []byte // the signed note
}

// Marshal gives the text of the proof.
func (p LeafProof) Marshal() []byte {
	out := []byte(leafProofHeader)
	if len(p.Extra) > 0 {
		out = append(base64.StdEncoding.AppendEncode(append(out, "extra "...), p.Extra), '\n')
	}
	out = append(strconv.AppendInt(append(out, "index "...), p.Index, 10), '\n')
	return append(appendProof(out, p.Hashes), p.Checkpoint...)
}

// ParseLeafProof reads what Marshal writes, and nothing else. It proves nothing yet: see
// Check.
func ParseLeafProof(data []byte) (LeafProof, error) {
	if len(data) > maxLeafProof {
		return LeafProof{}, fmt.Errorf("the proof has %d bytes (at most %d)", len(data), maxLeafProof)
	}
	rest, ok := bytes.CutPrefix(data, []byte(leafProofHeader))
	if !ok {
		return LeafProof{}, fmt.Errorf("it does not begin with the line %s", strings.TrimSpace(leafProofHeader))
	}
	var p LeafProof
	line, rest, _ := bytes.Cut(rest, []byte("\n"))
	if encoded, ok := bytes.CutPrefix(line, []byte("extra ")); ok {
		extra, err := base64.StdEncoding.Strict().DecodeString(string(encoded))
		if err != nil || len(extra) == 0 || len(extra) > maxExtra || bytes.ContainsRune(encoded, '\r') {
			return LeafProof{}, errors.New("its extra data is not base64, or none, or more than 64 KiB")
		}
		p.Extra = extra
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	number, ok := strings.CutPrefix(string(line), "index ")
	index, ok2 := parseDecimal(number)
	if !ok || !ok2 {
		return LeafProof{}, fmt.Errorf("%.40q is not the line of the index: index N", line)
	}
	p.Index = index
	var err error
	if p.Hashes, p.Checkpoint, err = cutProof(rest); err != nil {
		return LeafProof{}, err
	}
	if len(p.Checkpoint) == 0 {
		return LeafProof{}, errors.New("no checkpoint follows the proof")
	}
	return p, nil
}

// Check holds the proof to a leaf and to the log's key, and gives the checkpoint, opened as
// OpenCheckpoint does. How many cosignatures suffice is for the caller to say.
func (p LeafProof) Check(leaf []byte, log *Verifier, cosigners ...*Verifier) (*Opened, error) {
	o, err := OpenCheckpoint(p.Checkpoint, log, cosigners...)
	if err != nil {
		return nil, err
	}
	if err := CheckInclusion(p.Hashes, o.Size, o.Root, p.Index, LeafHash(leaf)); err != nil {
		return nil, err
	}
	return o, nil
}
