package place

import (
	"cmp"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/geojson/verdicts.txt anew")

// fixtures are the paths of all files of GeoJSON under testdata/geojson.
func fixtures(t testing.TB) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir("testdata/geojson", func(path string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); ext == ".geojson" || ext == ".json" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// verdict is "ok" or the codes of the problems, each once.
func verdict(err error) string {
	if err == nil {
		return "ok"
	}
	var parse *ParseError
	if !errors.As(err, &parse) {
		return "not a ParseError"
	}
	var codes []string
	for _, p := range parse.Problems {
		codes = append(codes, string(p.Code))
	}
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), " ")
}

// What ParseArea says of each file of other projects stands in verdicts.txt, which was read line by line
// against what those projects say of it.
func TestVerdictsOnFilesOfOthers(t *testing.T) {
	paths := fixtures(t)
	if len(paths) < 200 {
		t.Fatalf("only %d fixtures", len(paths))
	}
	var b strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		area, err := ParseArea("fixture", data)
		_, lineErr := ParseLine("fixture", data)
		v := verdict(err)
		if v != "ok" && lineErr == nil {
			v = "line"
		}
		rel, _ := filepath.Rel("testdata/geojson", path)
		b.WriteString(filepath.ToSlash(rel) + ": " + v + "\n")
		if err == nil && !(area.Size() > 0) {
			t.Errorf("%s is accepted with size %v", path, area.Size())
		}
		checkPositions(t, path, data, err)
	}
	const golden = "testdata/geojson/verdicts.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("verdicts differ (-want +got):\n%s", diff)
	}
}

// checkPositions holds every problem to the form that readers rely on.
func checkPositions(t testing.TB, name string, data []byte, err error) {
	t.Helper()
	var parse *ParseError
	if err == nil {
		return
	}
	if !errors.As(err, &parse) || len(parse.Problems) == 0 || len(parse.Problems) > maxProblems {
		t.Fatalf("%s: the error is %T with %d problems", name, err, len(parse.Problems))
	}
	if !slices.IsSortedFunc(parse.Problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) }) {
		t.Errorf("%s: problems are not in the order of the file", name)
	}
	for _, p := range parse.Problems {
		if p.Offset < 0 || p.Offset > len(data) || p.Line < 1 || p.Column < 1 || p.What == "" || p.Mend == "" || p.Code == "" {
			t.Errorf("%s: problem %+v", name, p)
			continue
		}
		// Line and column lead to the offset.
		lines := strings.SplitAfter(string(data), "\n")
		at := p.Column - 1
		for _, l := range lines[:p.Line-1] {
			at += len(l)
		}
		if at != p.Offset {
			t.Errorf("%s: line %d, column %d is offset %d, not %d", name, p.Line, p.Column, at, p.Offset)
		}
	}
}

// Where ParseArea and the project that a file comes from disagree, and why.
var differences = map[string]string{
	// They refuse, we accept.
	"geojson-invalid-geometry/invalid_geometries/invalid_exterior_not_ccw.geojson":     "winding is normalised",
	"geojson-invalid-geometry/invalid_geometries/invalid_interior_not_cw.geojson":      "winding is normalised",
	"geojson-invalid-geometry/invalid_structure/invalid_feature_no_properties.geojson": "properties are not read here",
	"geojsonhint/bad/bad-polygon-interiorring-rhr.geojson":                             "winding is normalised",
	"geojsonhint/bad/polygon_winding_order.geojson":                                    "winding is normalised",
	"geojsonhint/bad/different-first-size.geojson":                                     "heights are not read: first and last are the same place",
	// They accept, we refuse.
	"geojson-invalid-geometry/valid/valid_feature_null_geometry.geojson":                        "an area must be drawn",
	"geojson-invalid-geometry/valid/valid_featurecollection_empty_features.geojson":             "an area must be drawn",
	"geojson-invalid-geometry/valid/valid_geometry_geometrycollection_empty_geometries.geojson": "an area must be drawn",
	"geojsonhint/good/nullgeometry.geojson":                                                     "an area must be drawn",
	"geojsonhint/good/issue82.geojson":                                                          "its longitudes go beyond 180",
}

func TestDifferencesFromOthersAreReasoned(t *testing.T) {
	used := map[string]bool{}
	for _, path := range fixtures(t) {
		rel, _ := filepath.Rel("testdata/geojson", path)
		rel = filepath.ToSlash(rel)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, areaErr := ParseArea("fixture", data)
		got := verdict(areaErr)
		var want string
		switch dir := strings.Split(rel, "/"); {
		case strings.Contains(rel, "/valid/"), strings.Contains(rel, "/good/"), strings.Contains(rel, "/true/"):
			// Points and lines are good GeoJSON, but no area.
			if got == "wrong-type" {
				got = "ok"
			}
			want = "ok"
		case strings.Contains(rel, "/invalid_"), dir[1] == "bad", strings.Contains(rel, "/false/"):
			if got != "ok" {
				got = "refused"
			}
			want = "refused"
		default:
			continue
		}
		reason := differences[rel]
		used[rel] = true
		if (got == want) != (reason == "") {
			t.Errorf("%s: %s, its project says %s; the table's reason is %q", rel, got, want, reason)
		}
	}
	for rel := range differences {
		if !used[rel] {
			t.Errorf("%s is in the table but not judged", rel)
		}
	}
}
