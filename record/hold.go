package record

import "slices"

// Held is an entry as it holds after later corrections and retractions.
type Held struct {
	Envelope
	// CorrectedBy lists the positions of corrections of it that stand, in order;
	// the last one's entry is what Envelope.Entry holds.
	CorrectedBy []int
	// RetractedBy lists the positions of retractions of it that stand.
	RetractedBy []int
}

// Hold gives what holds as of a position (0: all), one Held an entry, in the order
// of the record. The latest correction by position replaces an entry in place;
// retracting a correction restores what it corrected; everything stays listed.
func Hold(envs []Envelope, asOf int) []Held {
	if asOf > 0 && asOf < len(envs) {
		envs = envs[:asOf]
	}
	list := make([]Held, len(envs))
	at := make(map[Ref]int, len(envs))
	for i, env := range envs {
		list[i] = Held{Envelope: env}
		if _, ok := at[env.Entry.Ref]; !ok {
			at[env.Entry.Ref] = i
		}
	}
	// A retraction names an earlier entry, so going backwards each retraction is
	// settled before what it takes back.
	for i := len(envs) - 1; i >= 0; i-- {
		r, ok := envs[i].Entry.Body.(*Retraction)
		if !ok || len(list[i].RetractedBy) > 0 {
			continue
		}
		if j, ok := at[r.Retracts]; ok && j < i {
			list[j].RetractedBy = append(list[j].RetractedBy, envs[i].Position)
			slices.Sort(list[j].RetractedBy)
		}
	}
	for i, env := range envs {
		c, ok := env.Entry.Body.(*Correction)
		if !ok || len(list[i].RetractedBy) > 0 {
			continue
		}
		if j, ok := at[c.Corrects]; ok && j < i {
			list[j].CorrectedBy = append(list[j].CorrectedBy, env.Position)
			list[j].Entry = c.Entry
		}
	}
	return list
}
