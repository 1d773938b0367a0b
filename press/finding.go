package press

// finding is a statement while the article is read; positions are tokens.
type finding struct {
	cue        [2]int
	subject    int // mention, or -1
	parts      [][2]int
	direct     bool
	para       int
	depth      uint8
	inHeading  bool
	outlet     int // mention, or -1
	rule       string
	confidence float64
	outer      int    // the finding within whose words it stands, or -1
	around     [2]int // what that finding gives to its speaker; empty where there is none
	group      [2]int // the words that attribute it
	sent       [2]int // its sentence
	open       bool   // a quotation that follows on its own carries it on

	speaker, latin, officeName, outletName string
	anonymous                              bool
	body                                   int // of a heading: the statement of the body that says the same, or -1
	said                                   *string
}

const edgeMarks = commas + colons + ";；" + dashes + ".。!！"

// trim takes marks off the ends of a content.
func (d *doc) trim(from, to int) (int, int) {
	for from < to && d.mark(from, edgeMarks+")）]") {
		from++
	}
	for from < to && d.mark(to-1, edgeMarks+"(（[") {
		to--
	}
	return from, to
}

// content makes parts of tokens [from, to): quotations alone give what is within their
// marks and are direct; anything else is one part, as it stands.
func (d *doc) content(from, to int, depth uint8) (parts [][2]int, direct bool) {
	from, to = d.trim(from, to)
	if from >= to {
		return nil, false
	}
	direct = true
	for i := from; i < to && direct; {
		q := d.quoteAt(i)
		switch {
		case q >= 0 && d.quotes[q].depth == depth+1:
			a, b := d.inner(q)
			b = min(b, to)
			if a, b = d.trim(a, b); a < b {
				parts = append(parts, [2]int{a, b})
			}
			i = max(d.quotes[q].end, i+1)
		case d.mark(i, edgeMarks+stops), len(parts) > 0 && d.is(i, clsAnd):
			i++
		default:
			direct = false
		}
	}
	if direct && len(parts) > 0 {
		return parts, true
	}
	return [][2]int{{from, to}}, false
}
