package press
import ("testing";"fmt")
func TestZZ(t *testing.T) {
	for _, x := range []struct{l,text string}{
	{"uk","Міністр Іван Ковач закликав сторони проявити стриманість і зажадав надати доступ."},
	{"uk","Міністерство оборони Велмару в п’ятницю, 3 жовтня, звинуватило остравських військових в обстрілі автомобільного мосту через річку Сенн."},
	} {
	lex, _ := lexicons()[x.l]()
	d := &doc{text: x.text, lex: lex, names: map[*wordInfo][][]*wordInfo{}, focus: -1, lastFound: -1, announced: -1}
	d.tokenise(); d.layout(); d.quotations(); d.mentions(); d.resolve()
	for p := range d.paras { for _, s := range d.sentencesOf(p, d.paras[p].from, d.paras[p].to, 0) { 
	fmt.Println(d.paras[p].kind, d.slice(s.from, s.to))
	for _, a := range d.attributions(s) { sub := ""; if a.subject >= 0 { sub = d.nameText(&d.ment[a.subject]) }; fmt.Printf("cue %q sub %q how %s before %v elided %v from %q\n", d.slice(a.cue[0],a.cue[1]), sub, a.how, a.before, a.elided, d.slice(a.from, max(a.from+1,a.to))) }
	}; d.readParagraph(p) }
	for _, f := range d.found { fmt.Println(f.parts, f.rule) }
	}
}
