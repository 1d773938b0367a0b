package place_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/truth"
)

// caseAreas reads the areas of the founding case.
func caseAreas(t testing.TB) map[string]*place.Area {
	t.Helper()
	paths, err := filepath.Glob("../cases/ua-2025/areas/*.geojson")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*place.Area{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(path), ".geojson")
		if all[id], err = place.ParseArea(id, data); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return all
}

// caseFile is the file of one area of the founding case.
func caseFile(t testing.TB, id string) []byte {
	t.Helper()
	data, err := os.ReadFile("../cases/ua-2025/areas/" + id + ".geojson")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAreasOfTheFoundingCaseAreValidAndNamed(t *testing.T) {
	if n := len(caseAreas(t)); n < 35 {
		t.Errorf("%d areas, want 24 oblasts and Crimea, 8 regions and 2 seas at least", n)
	}
	claimed := map[string]bool{"donetsk-oblast": true, "luhansk-oblast": true, "zaporizhzhia-oblast": true, "kherson-oblast": true, "crimea": true}
	paths, _ := filepath.Glob("../cases/ua-2025/areas/*.geojson")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 40_000 {
			t.Errorf("%s has %d bytes, above 40,000", path, len(data))
		}
		var f struct {
			Type       string
			Properties struct {
				ID                    string
				Name                  map[string]string
				Source, Licence, Note string
				Claims                []struct{ By, Claim string }
			}
		}
		if err := json.Unmarshal(data, &f); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		p := f.Properties
		if f.Type != "Feature" || p.ID+".geojson" != filepath.Base(path) {
			t.Errorf("%s is a %s with id %q", path, f.Type, p.ID)
		}
		for _, lang := range []string{"en", "ru", "uk", "zh"} {
			if p.Name[lang] == "" {
				t.Errorf("%s has no name in %s", path, lang)
			}
		}
		if p.Source == "" || p.Licence == "" || p.Note == "" {
			t.Errorf("%s lacks source, licence or note", path)
		}
		by := map[string]string{}
		for _, c := range p.Claims {
			by[c.By] = c.Claim
		}
		if both := by["UA"] == "own-territory" && by["RU"] == "own-territory"; both != claimed[p.ID] || both && len(p.Claims) != 2 {
			t.Errorf("%s lists the claims %v", path, p.Claims)
		}
	}
}

func TestSizesOfKnownAreas(t *testing.T) {
	areas := caseAreas(t)
	for id, km2 := range map[string]float64{
		"donetsk-oblast": 26_517, "luhansk-oblast": 26_684, "kherson-oblast": 28_461, "zaporizhzhia-oblast": 27_183,
		"crimea": 27_000, "kursk-oblast-ru": 29_997, "sea-of-azov": 39_000, "black-sea": 436_000,
	} {
		a := areas[id]
		if a == nil {
			t.Errorf("no area %q", id)
			continue
		}
		if got := a.Size() / 1e6; math.Abs(got-km2) > 0.1*km2 {
			t.Errorf("%s has %.0f km², the books say %.0f", id, got, km2)
		}
	}
}

func TestTownsOfTheFoundingCase(t *testing.T) {
	areas := caseAreas(t)
	for _, c := range []struct {
		name     string
		lon, lat float64
		in       string
	}{
		{"Donetsk", 37.8029, 48.0159, "donetsk-oblast"},
		{"Luhansk", 39.3078, 48.574, "luhansk-oblast"},
		{"Kyiv", 30.5234, 50.4501, "kyiv-oblast"},
		{"Sevastopol", 33.5254, 44.5888, "crimea"},
		{"Kherson", 32.62, 46.66, "kherson-oblast"},
		{"Odesa", 30.7326, 46.4775, "odesa-oblast"},
		{"Sudzha", 35.2725, 51.1908, "kursk-oblast-ru"},
		{"Krasnodar", 38.9747, 45.0355, "krasnodar-krai-ru"},
		{"middle of the Black Sea", 34, 43, "black-sea"},
		{"middle of the Sea of Azov", 36.5, 46, "sea-of-azov"},
	} {
		at, err := place.Disc(place.Point{Lon: c.lon, Lat: c.lat}, 1)
		if err != nil {
			t.Fatal(err)
		}
		for id, a := range areas {
			if got, want := at.In(a), truth.Of(id == c.in); got != want {
				t.Errorf("%s in %s: %v, want %v", c.name, id, got, want)
			}
		}
	}
}

// Neighbours of one source share their corners: a disc across their border is in their union, and
// "somewhere in one" is not in the other.
func TestNeighboursOfTheFoundingCaseAdjoin(t *testing.T) {
	areas := caseAreas(t)
	donetsk, luhansk := areas["donetsk-oblast"], areas["luhansk-oblast"]
	border, err := place.Disc(place.Point{Lon: 38.2, Lat: 48.6}, 12_000)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := border.In(donetsk), border.In(luhansk); a != truth.Maybe || b != truth.Maybe {
		t.Fatalf("the disc lies %v in one and %v in the other, want maybe twice", a, b)
	}
	if got := border.InAny(donetsk, luhansk); got != truth.Yes {
		t.Errorf("InAny = %v, want yes", got)
	}
	if got := place.Within(donetsk).In(luhansk); got != truth.No {
		t.Errorf("somewhere in one is %v in the other, want no", got)
	}
	both, err := place.Unite("both", donetsk, luhansk)
	if err != nil {
		t.Fatal(err)
	}
	if sum := donetsk.Size() + luhansk.Size(); math.Abs(both.Size()-sum) > 1e-9*sum {
		t.Errorf("the union has %v m², its parts %v", both.Size(), sum)
	}
	if got := place.Within(donetsk, luhansk).In(both); got != truth.Yes {
		t.Errorf("somewhere in either is %v in both, want yes", got)
	}
	share, err := both.Overlap(luhansk)
	if err != nil || math.Abs(share-1) > 1e-9 {
		t.Errorf("Overlap = %v, %v, want 1", share, err)
	}
}
