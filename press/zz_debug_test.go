package press

import (
	"fmt"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	text := os.Getenv("T")
	if text == "" {
		return
	}
	lang := Detect(text)
	lex, _ := lexicons()[lang]()
	d := &doc{text: text, lex: lex, names: map[*wordInfo][][]*wordInfo{}, focus: -1, lastFound: -1, published: "2027-01-01"}
	d.tokenise()
	d.layout()
	d.quotations()
	d.mentions()
	d.resolve()
	for p := range d.paras {
		fmt.Println("para", d.paras[p].kind)
		for i := d.paras[p].from; i < d.paras[p].to; i++ {
			l := ""
			if d.tok[i].leaf != nil {
				for n, c := range classNames {
					if d.tok[i].leaf.class&c != 0 {
						l += n + ","
					}
				}
			}
			fmt.Printf("%s[%s %d] ", d.word(i), l, d.tok[i].depth)
		}
		fmt.Println()
		for _, s := range d.sentencesOf(p, d.skipDateline(&d.paras[p]), d.paras[p].to, 0) {
			fmt.Println("SENT", d.slice(s.from, s.to))
			for _, a := range d.attributions(s) {
				sub := ""
				if a.subject >= 0 {
					sub = d.nameText(&d.ment[a.subject])
				}
				fmt.Printf("  ATT cue=%s subj=%s el=%v how=%s before=%v group=%q content=%q\n", d.slice(a.cue[0], a.cue[1]), sub, a.elided, a.how, a.before, d.slice(a.group[0], a.group[1]), d.slice(a.from, a.to))
			}
		}
	}
	for _, m := range d.ment {
		fmt.Printf("MENT kind=%d %q name=%q office=%q\n", m.kind, d.slice(m.from, m.to), d.nameText(&m), d.slice(m.office[0], m.office[1]))
	}
}
