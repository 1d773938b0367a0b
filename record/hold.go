package record

// Held is an entry as it holds after later corrections, retractions and unlinks.
type Held struct {
	// Envelope is the entry that holds: the original's, or that of the latest
	// correction of it. Position and Recorded stay the original's.
	Envelope
	// CorrectedBy lists the positions of corrections of it that stand, in order;
	// the last one's entry is what Envelope.Entry holds.
	CorrectedBy []int
	// RetractedBy lists the positions of retractions of it that stand, in order.
	RetractedBy []int
	// UndoneBy lists the positions of unlinks of it that stand, in order: it is a
	// link, and no longer joins anything.
	UndoneBy []int
}

// Stands tells that an entry is neither retracted nor a link that was undone.
func (h *Held) Stands() bool { return len(h.RetractedBy) == 0 && len(h.UndoneBy) == 0 }

// Hold gives what holds as of a position (0: all), one Held an entry, in the order
// of the record. envs is a record from its first entry on; it is not changed. The
// latest correction by position replaces an entry in place; retracting a
// correction, a retraction or an unlink restores what it changed. Everything stays
// listed. A change that names no earlier entry has no effect.
func Hold(envs []Envelope, asOf int) []Held {
	if asOf > 0 && asOf < len(envs) {
		envs = envs[:asOf]
	}
	list := make([]Held, len(envs))
	first := make(map[Ref]int, len(envs))
	for i, env := range envs {
		list[i] = Held{Envelope: env}
		if _, ok := first[env.Entry.Ref]; !ok {
			first[env.Entry.Ref] = i
		}
	}
	earlier := func(i int, ref Ref) *Held {
		if j, ok := first[ref]; ok && j < i {
			return &list[j]
		}
		return nil
	}
	// A retraction names an earlier entry, so that going backwards each one is
	// settled before what it takes back.
	for i := len(envs) - 1; i >= 0; i-- {
		if r, ok := envs[i].Entry.Body.(*Retraction); ok && len(list[i].RetractedBy) == 0 {
			if h := earlier(i, r.Retracts); h != nil {
				h.RetractedBy = append([]int{envs[i].Position}, h.RetractedBy...)
			}
		}
	}
	for i, env := range envs {
		if len(list[i].RetractedBy) > 0 {
			continue
		}
		switch b := env.Entry.Body.(type) {
		case *Correction:
			if h := earlier(i, b.Corrects); h != nil {
				h.CorrectedBy = append(h.CorrectedBy, env.Position)
				h.Entry = b.Entry
			}
		case *Unlink:
			if h := earlier(i, b.Link); h != nil {
				h.UndoneBy = append(h.UndoneBy, env.Position)
			}
		}
	}
	return list
}
