package keep

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
)

// sniffed is how many bytes of an attachment tell its type.
const sniffed = 1024

const kindsKept = "JPEG, PNG, WebP, HEIC, TIFF, PDF, MP4, MP3, WAV, Ogg, HTML, plain text, JSON, GeoJSON or an office document (OOXML, ODF)"

// Sniff tells the type of an attachment from its first bytes, whatever its name says;
// empty when it is none that is kept. Scripts of a page are text to it: who serves an
// attachment serves it as a download.
func Sniff(head []byte) string {
	has := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case has("II*\x00"), has("MM\x00*"):
		return "image/tiff"
	case has("OggS\x00"):
		return "application/ogg"
	case has("PK\x03\x04"):
		return office(head)
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return boxed(head)
	case len(head) >= 4 && head[0] == 0xff && head[1]&0xe6 == 0xe2 && head[2]&0xf0 != 0xf0 && head[2]&0x0c != 0x0c: // a frame of MPEG audio, layer 3
		return "audio/mpeg"
	}
	switch kind, _, _ := strings.Cut(http.DetectContentType(head), ";"); kind {
	case "image/jpeg", "image/png", "image/webp", "application/pdf", "audio/mpeg", "audio/wave", "text/html":
		return kind
	case "text/plain":
		return text(head)
	}
	return ""
}

// boxed tells films from pictures by the brands of their first box (ISO 14496-12).
func boxed(head []byte) string {
	end := min(int(min(binary.BigEndian.Uint32(head), sniffed)), len(head))
	brands := []string{string(head[8:12])}
	for i := 16; i+4 <= end; i += 4 {
		brands = append(brands, string(head[i:i+4]))
	}
	known := func(list ...string) bool {
		return slices.ContainsFunc(brands, func(b string) bool { return slices.Contains(list, b) })
	}
	switch {
	case known("heic", "heix", "heim", "heis", "hevc", "hevx"):
		return "image/heic"
	case known("isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4A ", "MSNV", "dash", "3gp4", "3gp5", "3gp6"):
		return "video/mp4"
	}
	return ""
}

// office tells an office document by the first file of its ZIP.
func office(head []byte) string {
	const fixed = 30 // bytes before the name
	if len(head) < fixed {
		return ""
	}
	size, extra := int(binary.LittleEndian.Uint16(head[26:])), int(binary.LittleEndian.Uint16(head[28:]))
	if len(head) < fixed+size+extra {
		return ""
	}
	name, data := string(head[fixed:fixed+size]), head[fixed+size+extra:]
	if name == "mimetype" {
		const odf = "application/vnd.oasis.opendocument."
		rest, ok := bytes.CutPrefix(data, []byte(odf))
		for _, kind := range []string{"text", "spreadsheet", "presentation", "graphics"} { // and templates of them
			if ok && bytes.HasPrefix(rest, []byte(kind)) {
				return odf + kind
			}
		}
		return ""
	}
	const ooxml = "application/vnd.openxmlformats-officedocument"
	for folder, kind := range map[string]string{
		"word/": ".wordprocessingml.document", "xl/": ".spreadsheetml.sheet", "ppt/": ".presentationml.presentation",
		"[Content_Types].xml": "", "_rels/": "", "docProps/": "", // which of them, its first bytes do not say
	} {
		if strings.HasPrefix(name, folder) {
			return ooxml + kind
		}
	}
	return ""
}

// text tells JSON from other text.
func text(head []byte) string {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(head, []byte("\ufeff"))))
	first, err := dec.Token()
	if opening, ok := first.(json.Delim); err != nil || !ok {
		return "text/plain"
	} else if opening != '{' && opening != '[' {
		return "text/plain"
	}
	geo := false
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return "text/plain"
		}
		if name, ok := t.(string); ok {
			geo = geo || slices.Contains([]string{"FeatureCollection", "Feature", "GeometryCollection"}, name)
		}
	}
	if geo {
		return "application/geo+json"
	}
	return "application/json"
}
