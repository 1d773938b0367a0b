package keep

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/truceline/truceline/problem"
)

func TestBlobs(t *testing.T) {
	b := Blobs{Dir: filepath.Join(t.TempDir(), "blobs")}
	pdf := "%PDF-1.7\n" + strings.Repeat("x", 2000)
	got, err := b.Put(t.Context(), strings.NewReader(pdf), 1<<20)
	if err != nil || got.Type != "application/pdf" || got.Size != int64(len(pdf)) || got.Old {
		t.Fatalf("%+v, %v", got, err)
	}
	if again, err := b.Put(t.Context(), strings.NewReader(pdf), 1<<20); err != nil || !again.Old || again.Hash != got.Hash {
		t.Errorf("%+v, %v", again, err)
	}
	if err := b.Verify(got.Hash); err != nil {
		t.Error(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, try := range map[string]func() error{
		"too large": func() error { _, err := b.Put(t.Context(), strings.NewReader(pdf), 100); return err },
		"a program": func() error {
			_, err := b.Put(t.Context(), strings.NewReader("\x7fELF\x02\x01\x01\x00\x00"), 1<<20)
			return err
		},
		"empty":     func() error { _, err := b.Put(t.Context(), strings.NewReader(""), 1<<20); return err },
		"stopped":   func() error { _, err := b.Put(stopped, strings.NewReader(pdf+"y"), 1<<20); return err },
		"no hash":   func() error { return b.Verify("../../etc/passwd") },
		"not there": func() error { return b.Verify(strings.Repeat("0", 64)) },
	} {
		if try() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if files, _ := os.ReadDir(b.Dir); len(files) != 1 {
		t.Errorf("something is left of what was refused: %v", files)
	}
	file := filepath.Join(b.Dir, got.Hash[:2], got.Hash)
	if err := os.WriteFile(file, []byte(strings.Replace(pdf, "xx", "xy", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(got.Hash); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged blob: %v", err)
	}
}

// parts lists what is left of attachments that did not get their name.
func parts(t *testing.T, dir string) []string {
	t.Helper()
	var left []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(d.Name(), ".") {
			left = append(left, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestAttachmentsThatAreNotKept(t *testing.T) {
	open := Blobs{Dir: filepath.Join(t.TempDir(), "blobs")}
	p := protected(t)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	pdf := "%PDF-1.7\n" + strings.Repeat("x", 5000)
	tests := []struct {
		name string
		ctx  context.Context //nolint:containedctx // of a test
		r    io.Reader
		most int64
		want string
	}{
		{"empty", t.Context(), strings.NewReader(""), 100, "is empty"},
		{"a program", t.Context(), strings.NewReader("\x7fELF\x02\x01\x01"), 100, "no type that is kept"},
		{"one byte too long", t.Context(), strings.NewReader(pdf), int64(len(pdf)) - 1, "more than 5008 bytes"},
		{"too long in its first bytes", t.Context(), strings.NewReader(pdf), 3, "more than 3 bytes"},
		{"stopped", stopped, strings.NewReader(pdf), 1 << 20, "context canceled"},
		{"breaks at once", t.Context(), iotest.ErrReader(errors.New("the line broke")), 1 << 20, "the line broke"},
		{"breaks off", t.Context(), io.MultiReader(strings.NewReader(pdf), iotest.ErrReader(errors.New("the line broke"))), 1 << 20, "the line broke"},
	}
	for _, tt := range tests {
		data, _ := io.ReadAll(tt.r) // for the second
		if tt.r = strings.NewReader(string(data)); strings.HasPrefix(tt.name, "breaks") {
			tt.r = io.MultiReader(tt.r, iotest.ErrReader(errors.New("the line broke")))
		}
		if b, err := open.Put(tt.ctx, tt.r, tt.most); err == nil || !strings.Contains(err.Error(), tt.want) || b != (Blob{}) {
			t.Errorf("%s: %+v, %v", tt.name, b, err)
		}
		tt.r = strings.NewReader(string(data))
		if strings.HasPrefix(tt.name, "breaks") {
			tt.r = io.MultiReader(tt.r, iotest.ErrReader(errors.New("the line broke")))
		}
		if b, err := p.PutBlob(tt.ctx, tt.r, tt.most); err == nil || !strings.Contains(err.Error(), tt.want) || b != (Blob{}) {
			t.Errorf("%s, sealed: %+v, %v", tt.name, b, err)
		}
	}
	if left := append(parts(t, open.Dir), parts(t, p.Dir)...); len(left) > 0 {
		t.Errorf("something is left of what was refused: %q", left)
	}
	open.Any, p.Any = true, true
	if b, err := open.Put(t.Context(), strings.NewReader("\x7fELF\x02"), 5); err != nil || b.Type != "" || b.Size != 5 {
		t.Errorf("any type: %+v, %v", b, err)
	}
	if b, err := p.PutBlob(t.Context(), strings.NewReader("\x7fELF\x02"), 5); err != nil || b.Type != "" || b.Size != 5 {
		t.Errorf("any type, sealed: %+v, %v", b, err)
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "x", 0o600)
	if _, err := (Blobs{Dir: file}).Put(t.Context(), strings.NewReader(pdf), 1<<20); err == nil {
		t.Error("a file is a folder of blobs")
	}
}

// TestADamagedBlobIsMendedByAnotherCopy: and told by whoever reads it to its end.
func TestADamagedBlobIsMendedByAnotherCopy(t *testing.T) {
	b := Blobs{Dir: filepath.Join(t.TempDir(), "blobs")}
	text := strings.Repeat("a page of text\n", 5000)
	got, err := b.Put(t.Context(), iotest.OneByteReader(strings.NewReader(text)), int64(len(text)))
	if err != nil || got.Type != "text/plain" {
		t.Fatalf("%+v, %v", got, err)
	}
	file := filepath.Join(b.Dir, got.Hash[:2], got.Hash)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for name, damaged := range map[string]string{"cut": text[:100], "changed": strings.Replace(text, "page", "rage", 1), "longer": text + "x", "empty": ""} {
		write(t, file, damaged, 0o644)
		r, err := b.Open(got.Hash)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		var p problem.Problem
		if r.Close() != nil || string(data) != damaged || !errors.As(err, &p) || p.Code != "damaged" || !strings.Contains(err.Error(), got.Hash) {
			t.Errorf("%s: %v", name, err)
		}
		again, err := b.Put(t.Context(), strings.NewReader(text), int64(len(text)))
		if err != nil || again.Old || b.Verify(got.Hash) != nil {
			t.Errorf("%s: it is not mended: %+v, %v", name, again, err)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(got.Hash); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "the attachment "+got.Hash[:12]+"… is not here") {
		t.Errorf("a missing blob: %v", err)
	}
	for _, bad := range []string{"", "../../etc/passwd", strings.ToUpper(got.Hash), got.Hash + "0"} {
		if _, err := b.Open(bad); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if left := parts(t, b.Dir); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func TestSealedAttachments(t *testing.T) {
	p := protected(t)
	text := strings.Repeat("what the witness wrote\n", 10_000)
	got, err := p.PutBlob(t.Context(), strings.NewReader(text), int64(len(text)))
	if err != nil || got.Type != "text/plain" || got.Size != int64(len(text)) || got.Old {
		t.Fatalf("%+v, %v", got, err)
	}
	if again, err := p.PutBlob(t.Context(), strings.NewReader(text), int64(len(text))); err != nil || !again.Old || again.Hash != got.Hash {
		t.Errorf("%+v, %v", again, err)
	}
	leaks(t, p.Dir, "witness")
	read := func(p Protected) (string, error) {
		r, err := p.OpenBlob(got.Hash)
		if err != nil {
			return "", err
		}
		data, err := io.ReadAll(r)
		return string(data), errors.Join(err, r.Close())
	}
	if data, err := read(p); err != nil || data != text {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	file := filepath.Join(p.Dir, "blobs", got.Hash[:2], got.Hash+".age")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"cut": whole[:len(whole)-30], "changed": append(bytes.Clone(whole[:len(whole)-1]), whole[len(whole)-1]^1), "empty": nil} {
		write(t, file, string(bad), 0o600)
		if _, err := read(p); err == nil || strings.Contains(err.Error(), "witness") {
			t.Errorf("%s: %v", name, err)
		}
	}
	other, err := p.PutBlob(t.Context(), strings.NewReader("another page"), 100)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := os.ReadFile(filepath.Join(p.Dir, "blobs", other.Hash[:2], other.Hash+".age"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, string(moved), 0o600)
	if _, err := read(p); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("another attachment under its name: %v", err)
	}
	write(t, file, string(whole), 0o600)
	without := p
	without.Identity = filepath.Join(t.TempDir(), "none")
	if _, err := read(without); !errors.Is(err, ErrNoIdentity) {
		t.Error(err)
	}
	if err := p.EraseBlob(got.Hash); err != nil {
		t.Fatal(err)
	}
	if _, err := read(p); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	if err := p.EraseBlob(got.Hash); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	if _, err := p.PutBlob(t.Context(), strings.NewReader(text), int64(len(text))); !errors.Is(err, ErrErased) {
		t.Errorf("what was erased is kept again: %v", err)
	}
	if _, err := p.OpenBlob(strings.Repeat("0", 64)); !errors.Is(err, ErrNotHere) {
		t.Error(err)
	}
	if _, err := p.OpenBlob("../x"); err == nil {
		t.Error("a name that is no hash")
	}
	if list, err := p.List(); err != nil || len(list) != 0 {
		t.Errorf("attachments are no values of fields: %v, %v", list, err)
	}
}

// zipped gives the first bytes of a ZIP.
func zipped(t *testing.T, name, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTypesAreTakenFromTheFirstBytes(t *testing.T) {
	const odf, ooxml = "application/vnd.oasis.opendocument.", "application/vnd.openxmlformats-officedocument"
	box := func(brands string) string {
		return fmt.Sprintf("\x00\x00\x00%cftyp%s\x00\x00\x00\x00", 8+4+len(brands), brands[:4]) + brands[4:] + "moov"
	}
	tests := []struct{ name, head, want string }{
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"},
		{"PNG", "\x89PNG\x0d\x0a\x1a\x0a", "image/png"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"},
		{"HEIC of a telephone", box("heicmif1heic"), "image/heic"},
		{"HEIC by a later brand", box("mif1MiHEheix"), "image/heic"},
		{"TIFF", "II*\x00\x08", "image/tiff"},
		{"TIFF, the other end first", "MM\x00*\x00", "image/tiff"},
		{"PDF", "%PDF-1.4", "application/pdf"},
		{"MP4", box("isomisomavc1"), "video/mp4"},
		{"MP4 of a telephone", box("mp42isom"), "video/mp4"},
		{"MP3 with tags", "ID3\x03\x00", "audio/mpeg"},
		{"MP3 without", "\xff\xfb\x90\x64", "audio/mpeg"},
		{"WAV", "RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wave"},
		{"Ogg", "OggS\x00\x02", "application/ogg"},
		{"HTML", "<!DOCTYPE html><html>", "text/html"},
		{"text", "Пожар у реки", "text/plain"},
		{"text in UTF-16", "\xff\xfea\x00b\x00", "text/plain"},
		{"text in brackets", "[sic] they said", "text/plain"},
		{"text in quotation marks", `"no", they said`, "text/plain"},
		{"a number", "12", "text/plain"},
		{"JSON", ` {"a":[1,2`, "application/json"},
		{"a list in JSON", `[{"a":"b"}]`, "application/json"},
		{"lines of JSON", "{\"a\":1}\n{\"a\":2}\n", "application/json"},
		{"GeoJSON", `{"type": "FeatureCollection","features":[{"ty`, "application/geo+json"},
		{"a Word file", zipped(t, "word/document.xml", "<w/>"), ooxml + ".wordprocessingml.document"},
		{"a sheet", zipped(t, "xl/workbook.xml", "<w/>"), ooxml + ".spreadsheetml.sheet"},
		{"slides", zipped(t, "ppt/presentation.xml", "<w/>"), ooxml + ".presentationml.presentation"},
		{"an office file", zipped(t, "[Content_Types].xml", "<w/>"), ooxml},
		{"an OpenDocument text", zipped(t, "mimetype", odf+"text"), odf + "text"},
		{"an OpenDocument sheet", zipped(t, "mimetype", odf+"spreadsheet"), odf + "spreadsheet"},

		{"a book", zipped(t, "mimetype", "application/epub+zip"), ""},
		{"any ZIP", zipped(t, "run.exe", "MZ"), ""},
		{"a cut ZIP", "PK\x03\x04\x14", ""},
		{"a program", "MZ\x90\x00", ""},
		{"ELF", "\x7fELF\x02", ""},
		{"GZIP", "\x1f\x8b\x08", ""},
		{"QuickTime", box("qt  qt  "), ""},
		{"GIF", "GIF89a", ""},
		{"XML", `<?xml version="1.0"?><svg>`, ""},
		{"sound that is none", "\xff\xfb\xff\xff\x00", ""},
		{"zeros", "\x00\x00\x00\x00\x00\x00\x00\x00", ""},
	}
	for _, tt := range tests {
		if got := Sniff([]byte(tt.head)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, head := range []string{"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "PK\x03\x04", `{"type":"Feature"`, "\xff\xfb\x90\x64", "II*\x00"} {
		f.Add([]byte(head))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		if kind := Sniff(head[:min(len(head), sniffed)]); kind != "" && !strings.Contains(kind, "/") {
			t.Fatal(kind)
		}
	})
}
