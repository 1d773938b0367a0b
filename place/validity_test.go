package place

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/peterstace/simplefeatures/geom"
)

// Where the answer differs from that of JTS, and why.
var jtsDifferences = map[string]string{
	"general/TestValid.xml 81":   "parts that share edges are united",
	"general/TestValid.xml 82":   "parts that share edges are united",
	"general/TestValid2.xml 225": "parts that share edges are united",
	"general/TestValid2.xml 226": "parts that share edges are united",
	"misc/TestInvalidA.xml 29":   "parts that share edges are united",
	"misc/TestInvalidA.xml 73":   "parts that share edges are united",
	"misc/TestInvalidA.xml 74":   "parts that share edges are united",
	"misc/TestInvalidA.xml 75":   "parts that share edges are united",
	"misc/TestValid.xml 1":       "edges 4e-15 degree apart, less than a nanometre, are refused",
}

// The polygons of the JTS validity suite, scaled by a power of two into the range of longitude and
// latitude, which changes nothing about their validity.
func TestValidityAgreesWithJTS(t *testing.T) {
	f, err := os.Open("testdata/geojson/jts-validity/jts_validity.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tried, refused, met := 0, 0, 0
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var c struct {
			File, Desc, Op, WKT string
			Case                int
			Expected            bool
		}
		if err := json.Unmarshal(scan.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.Op != "isValid" || !strings.Contains(c.WKT, "POLYGON") || strings.Contains(c.WKT, "COLLECTION") || strings.Contains(c.WKT, "EMPTY") {
			continue
		}
		g, err := geom.UnmarshalWKT(c.WKT, geom.NoValidate{})
		if err != nil || g.IsEmpty() {
			continue
		}
		scale := 1.0
		low, high, ok := g.Envelope().MinMaxXYs()
		if !ok {
			continue
		}
		for _, v := range []float64{low.X, low.Y, high.X, high.Y} {
			for v*scale >= 89 || v*scale <= -89 {
				scale /= 2
			}
		}
		g = g.TransformXY(func(xy geom.XY) geom.XY { return geom.XY{X: xy.X * scale, Y: xy.Y * scale} })
		data, err := g.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		tried++
		_, err = ParseArea("jts", data)
		if err != nil {
			refused++
		}
		key := fmt.Sprintf("%s %d", c.File, c.Case)
		if reason, ok := jtsDifferences[key]; ok {
			met++
			if (err == nil) == c.Expected {
				t.Errorf("%s no longer differs; the table's reason is %q", key, reason)
			}
			continue
		}
		if (err == nil) != c.Expected {
			t.Errorf("%s case %d (%s): valid %v, got %v\n%s", c.File, c.Case, c.Desc, c.Expected, err, c.WKT)
		}
	}
	if tried < 40 || refused < 15 {
		t.Errorf("only %d cases, %d refused", tried, refused)
	}
	if met != len(jtsDifferences) {
		t.Errorf("%d of %d differences met", met, len(jtsDifferences))
	}
	t.Logf("%d cases, %d refused", tried, refused)
}
