package press

// Furniture gives the stretches of an article's text that are the page's and not the
// article's: menus, credits, links to others, forms. In a language without rules there
// are none.
func Furniture(a Article) []Span {
	lang := a.Lang
	if lang == "" {
		lang = Detect(a.Text)
	}
	load, ok := lexicons()[lang]
	if !ok || len(a.Text) > MaxText {
		return nil
	}
	lex, err := load()
	if err != nil {
		return nil
	}
	d := &doc{text: a.Text, lex: lex, names: map[*wordInfo][][]*wordInfo{}, focus: -1, lastFound: -1}
	d.tokenise()
	d.layout()
	o := newOffsets(d.text)
	var list []Span
	for _, p := range d.paras {
		if p.kind == furniture && p.to > p.from {
			list = append(list, Span{o.at(int(d.tok[p.from].start)), o.at(int(d.tok[p.to-1].end))})
		}
	}
	return list
}
