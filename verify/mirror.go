package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
)

// Names of files in a mirror (spec/record.md §9).
const (
	faceFile       = "record.json"
	checkpointFile = "checkpoint"
	checkpointsDir = "checkpoints"
	linesFile      = "record.jsonl"
	caseFile       = "case.hcl"
	manifestFile   = "MANIFEST"
)

// Bounds of what is believed to be a record at all.
const (
	maxFace = 4096    // bytes of record.json
	maxSize = 1 << 48 // entries
)

// run is one verification.
type run struct {
	fsys fs.FS
	o    Options
	r    *Report

	log  *proof.Verifier
	head proof.Checkpoint
	note []byte // the checkpoint's file

	old   []older // checkpoints of earlier sizes, by size
	tree  tree
	state state
	jsonl *lines // nil when it is not there

	rooted bool // the entries give the root of the checkpoint

	hashes  []proof.Hash    // of all leaves, once a published report asked for a root
	remaker *report.Remaker // of published reports, once there was one
}

// Mirror checks a mirror as spec/record.md §10 says and goes on after what does not fit
// as far as that makes sense. The report is the same for the same mirror and options.
func Mirror(fsys fs.FS, o Options) Report {
	v := newRun(fsys, o)
	v.whole()
	return *v.r
}

// whole runs every check.
func (v *run) whole() {
	if v.open() {
		v.gatherOlder()
		n := len(v.r.Findings)
		v.pass()
		v.r.sortFrom(n)
		v.root()
		v.cosignatures()
		v.compareOlder()
		v.files()
		v.publications()
	}
}

func newRun(fsys fs.FS, o Options) *run {
	v := &run{fsys: fsys, o: o, r: &Report{Findings: []Finding{}}}
	v.state = state{r: v.r, keys: &record.Keys{}, refs: map[refKey]stub{}, whole: map[record.Ref]*record.Entry{}, authors: map[string]uint32{}}
	return v
}

// open reads record.json and the checkpoint. Without a checkpoint nothing can be checked.
func (v *run) open() bool {
	v.face()
	data, err := readFile(v.fsys, checkpointFile, proof.MaxNote)
	if err != nil {
		v.lacks(checkpointFile, 0, err)
		return false
	}
	v.note = data
	text, sigs := splitNote(data)
	c, err := proof.ParseCheckpoint(text)
	if err != nil {
		v.r.bad("bad-checkpoint", checkpointFile, 0, err.Error(), "take the checkpoint from the site again")
		return false
	}
	if c.Size > maxSize {
		v.r.bad("bad-checkpoint", checkpointFile, 0, fmt.Sprintf("it claims %d entries, more than any record has", c.Size), "take the checkpoint from the site again")
		return false
	}
	v.head = c
	v.r.Origin, v.r.Size, v.r.Root = c.Origin, c.Size, fmt.Sprintf("%x", c.Root[:])
	return v.signed(data, sigs)
}

// signed holds the checkpoint to the log key.
func (v *run) signed(data []byte, sigs []signature) bool {
	if v.log == nil {
		v.r.skipped("no-log-key", checkpointFile, 0, "no log key could be read, so nobody vouches for the checkpoint")
		return true
	}
	if code, what := v.unsigned(data, sigs); code != "" {
		v.r.bad(code, checkpointFile, 0, what, "this is not what the log signed; compare with another copy of the record")
	}
	return true
}

// face reads record.json and settles which log key is used.
func (v *run) face() {
	if v.o.LogKey != "" {
		key, err := proof.ParseVerifier(v.o.LogKey)
		if err != nil {
			v.r.bad("bad-key", "", 0, "the log key that was given cannot be read: "+err.Error(), "give a note verifier key: name+hash+base64")
		}
		v.log = key
	}
	data, err := readFile(v.fsys, faceFile, maxFace)
	if err != nil {
		v.lacks(faceFile, 0, err)
		return
	}
	var f struct {
		Key     string `json:"key"`
		Origin  string `json:"origin"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		v.r.bad("bad-face", faceFile, 0, "it cannot be read: "+err.Error(), "take it from the site again")
		return
	}
	right, err := line(f)
	if err != nil || !bytes.Equal(bytes.TrimSuffix(right, []byte("\n")), data) || f.Version != 1 {
		v.r.bad("bad-face", faceFile, 0, `it is not canonical JSON of exactly "key", "origin" and "version" 1`, "take it from the site again")
	}
	key, err := proof.ParseVerifier(f.Key)
	switch {
	case err != nil:
		v.r.bad("bad-face", faceFile, 0, "its log key cannot be read: "+err.Error(), "take it from the site again")
		return
	case key.Name() != f.Origin || key.Algorithm() != proof.Signing:
		v.r.bad("bad-face", faceFile, 0, fmt.Sprintf("its key is not a log key of its origin %s", f.Origin), "take it from the site again")
	case v.log != nil && v.log.String() != key.String():
		v.r.bad("other-key", faceFile, 0, fmt.Sprintf("its log key is %s and the one you trust is %s", key, v.log), "this is another record, or your key is of another")
	}
	if v.log == nil && v.o.LogKey == "" {
		v.log = key
		v.r.trusted("log-key", faceFile, "the log key "+key.String()+" is the mirror's own word", "get it from somewhere else and give it")
	}
	if v.log != nil {
		v.r.Key = v.log.String()
	}
}

// lacks tells that a file is not there or cannot be read.
func (v *run) lacks(name string, position int64, err error) { v.r.find(lacking(name, position, err)) }

func lacking(name string, position int64, err error) Finding {
	var long *tooLongError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Finding{"missing-file", name, position, "the file is not there", "take it from another mirror"}
	case errors.As(err, &long):
		return Finding{"too-long", name, position, err.Error(), "it is not what belongs here: take it from another mirror"}
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return Finding{"unreadable", name, position, "the file cannot be read: " + err.Error(), "try again"}
}

type tooLongError struct{ most int64 }

func (e *tooLongError) Error() string { return fmt.Sprintf("the file has more than %d bytes", e.most) }

// readFile reads a file of at most most bytes.
func readFile(fsys fs.FS, name string, most int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var buf bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Size() <= most {
		buf.Grow(int(info.Size()) + bytes.MinRead)
	}
	if _, err := buf.ReadFrom(io.LimitReader(f, most+1)); err != nil {
		return nil, err
	}
	if int64(buf.Len()) > most {
		return nil, &tooLongError{most}
	}
	return buf.Bytes(), nil
}
