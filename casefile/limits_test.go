package casefile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/problem"
)

// FuzzHeader: no case.hcl makes the reader fail or fall silent: it is taken, or
// every problem has its place in the file.
func FuzzHeader(f *testing.F) {
	files := training(f)
	f.Add(string(files["case.hcl"].Data))
	f.Add(`case "x" { title = { en = "a" } zone = "UTC" begins = "2020" ends = "2021" }`)
	f.Add(strings.Repeat("[", 1000))
	f.Add(`case "x" { title = "${1}" }`)
	f.Add("party \"A\" {\n  name = { en = <<X\na\nX\n}\n}")
	f.Add("a = \"\xff\"")
	f.Add("\xec\xec\n\x16\xec")
	f.Fuzz(func(t *testing.T, header string) {
		files := fstest.MapFS{"case.hcl": {Data: []byte(header)}, "record.jsonl": {}}
		c, err := casefile.Load(files)
		var list problem.List
		switch {
		case err == nil && (c.ID == "" || len(c.Parties) == 0 || c.World.Empty()):
			t.Errorf("an empty case: %+v", c)
		case err != nil && !errors.As(err, &list):
			t.Errorf("not a list: %v", err)
		}
		lines := strings.Split(header, "\n")
		for _, p := range list {
			if p.File != "case.hcl" || p.Code == "" || p.What == "" || p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len(lines[p.Line-1])+1 {
				t.Fatalf("no good place: %#v in %.200q", p, header)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	files := training(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := casefile.Load(files); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadFoundingSize loads a case of the size of the founding one: its 35
// areas and 200 entries.
func BenchmarkLoadFoundingSize(b *testing.B) {
	files := training(b)
	areas, err := fs.Glob(os.DirFS("../cases/ua-2025"), "areas/*.geojson")
	if err != nil || len(areas) < 35 {
		b.Fatalf("%d areas (%v)", len(areas), err)
	}
	lines := bytes.NewBuffer(slices.Clone(files["record.jsonl"].Data))
	for _, name := range areas {
		data, err := fs.ReadFile(os.DirFS("../cases/ua-2025"), name)
		if err != nil {
			b.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
		id := strings.TrimSuffix(path.Base(name), ".geojson")
		lines.WriteString(`{"entry":{"kind":"area","ref":"area-` + id + `","author":"desk","public":"2040-03-01","body":{"area":"` + id + `","path":"` + name + `","hash":"` + sum(data) + `"}},"recorded":"2040-06-01T00:00:00Z"}` + "\n")
	}
	says := bytes.Split(files["record.jsonl"].Data, []byte("\n"))[3]
	for i := range 160 {
		lines.Write(bytes.Replace(says, []byte(`"ref":"b-says"`), []byte(`"ref":"b-says-`+strings.Repeat("x", i%40)+string(rune('a'+i/40))+`"`), 1))
		lines.WriteByte('\n')
	}
	files["record.jsonl"] = &fstest.MapFile{Data: lines.Bytes()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := casefile.Load(files); err != nil {
			b.Fatal(err)
		}
	}
}
