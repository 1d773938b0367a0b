package web

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"sync"

	"github.com/truceline/truceline/internal/view"
)

// How hard answers are packed: pages are made more often than they are kept; files of the
// program are packed once, and what a map draws is long and asked for again and again.
const (
	packing     = 2
	packingOnce = flate.BestCompression
)

// packers are kept between answers: each holds a megabyte of tables.
var packers [flate.BestCompression + 1]sync.Pool

func packer(level int, out *bytes.Buffer) (*flate.Writer, error) {
	if w, ok := packers[level].Get().(*flate.Writer); ok {
		w.Reset(out)
		return w, nil
	}
	return flate.NewWriter(out, level)
}

// steadyPart is a long run of a body that stands alike on many pages, as the base of a map
// does. It is packed once, well, and goes between what is packed before and after it: a
// packed stream is a row of blocks, and none of these looks back into another part.
type steadyPart struct {
	from, until int // in the body
	kept        *steadyParts
}

// steadyParts keeps packed parts by their hash.
type steadyParts = view.Kept[[sha256.Size]byte, []byte]

// maxSteady is how many packed parts are kept.
const maxSteady = 16

// pack writes a body in the format of gzip (RFC 1952); nil where it cannot.
func pack(body []byte, level int, steady *steadyPart) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(body)/3))
	out.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}) // deflate, no name, no time, no system
	rest := body
	if steady != nil {
		part := body[steady.from:steady.until]
		packed := steady.kept.Get(sha256.Sum256(part), func() []byte {
			var b bytes.Buffer
			if !deflate(&b, part, packingOnce, false) {
				return nil
			}
			return b.Bytes()
		})
		if packed == nil || !deflate(out, body[:steady.from], level, false) {
			return nil
		}
		out.Write(packed)
		rest = body[steady.until:]
	}
	if !deflate(out, rest, level, true) {
		return nil
	}
	end := binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(body))
	out.Write(binary.LittleEndian.AppendUint32(end, uint32(len(body)))) //nolint:gosec // modulo 2^32, as the format has it
	return bytes.Clone(out.Bytes())
}

// deflate packs a part of a stream (RFC 1951), up to a whole byte; last ends the stream.
func deflate(out *bytes.Buffer, part []byte, level int, last bool) bool {
	w, err := packer(level, out)
	if err != nil {
		return false
	}
	defer packers[level].Put(w)
	if _, err := w.Write(part); err != nil {
		return false
	}
	if last {
		return w.Close() == nil
	}
	return w.Flush() == nil
}

func packable(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml") || kind == "text/javascript"
}
