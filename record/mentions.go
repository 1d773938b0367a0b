package record

// Mentions lists the references of other entries that a body names, in its order.
func Mentions(b Body) []Ref {
	var list []Ref
	add := func(refs ...Ref) {
		for _, r := range refs {
			if r != "" {
				list = append(list, r)
			}
		}
	}
	switch b := b.(type) {
	case *Source:
		add(b.Within)
	case *Statement:
		for _, x := range b.About {
			add(x.AsDescribedBy)
		}
		for _, x := range b.Stances {
			add(x.AsDescribedBy)
		}
		for _, x := range b.Claims {
			add(x.AsDescribedBy)
		}
	case *Translation:
		add(b.Of)
	case *Act:
		add(b.AsDescribedBy)
	case *Finding:
		add(b.Of)
	case *Ruling:
		add(b.Of)
	case *Request:
		add(b.On)
	case *Reply:
		add(b.To)
	case *Message:
		add(b.Answers)
	case *Contact:
		add(b.Of)
	case *Link:
		add(b.From, b.To)
	case *Unlink:
		add(b.Link)
	case *Correction:
		add(b.Corrects)
	case *Retraction:
		add(b.Retracts)
	case *Dissent:
		add(b.About)
	case *Erasure:
		add(b.Of)
	case *Handover:
		add(b.Open...)
	}
	return list
}
