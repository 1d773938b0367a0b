package draft

import (
	"strconv"
	"strings"
	"testing"
)

// long gives drafts that repeat one piece n times: the time to read them must grow with
// the length alone, however deep the pieces stand and whatever they repeat.
func long(n int) map[string]string {
	return map[string]string{
		"items":    "Article 1\nThe parties " + strings.Repeat("shall withdraw ", n/8+1) + ":\n" + strings.Repeat("(a) all guns, by 15 km, within 30 days.\n", n),
		"capitals": strings.Repeat("Zone Of The Line And ", 3*n),
		"quotes":   strings.Repeat("«a» \"b\" ", 6*n),
		"dotted":   strings.Repeat("1.1.1.1.1 One.\n1.1.1.1.2 Two.\n", n/2+1),
	}
}

// TestLongDrafts: a long draft is read, linted and proposed whole.
func TestLongDrafts(t *testing.T) {
	for name, text := range long(300) {
		d, err := Read("d.txt", []byte(text))
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := d.Lint(); err != nil {
			t.Fatal(name, err)
		}
		if _, err := d.Propose("d"); err != nil {
			t.Fatal(name, err)
		}
	}
}

// BenchmarkLongDrafts shows how the time grows as the length grows by tens.
func BenchmarkLongDrafts(b *testing.B) {
	for _, n := range []int{80, 800, 8_000} {
		for name, text := range long(n) {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					d, err := Read("d.txt", []byte(text))
					if err != nil {
						b.Fatal(err)
					}
					if _, err := d.Lint(); err != nil {
						b.Fatal(err)
					}
					if _, err := d.Propose("d"); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
