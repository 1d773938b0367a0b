package press

import "slices"

// passive tells whether a cue is a passive, "had been warned", or what somebody is still to
// say, "would report".
func (d *doc) passive(c, from int) bool {
	k := c - 1
	if k >= from && d.lex.setting("comma-opens") && d.is(k, clsPlain) && d.has(k, frAfter) && d.has(c, frTell) {
		return true // 接到了通知
	}
	if k < from || d.lex.settings["passives"] == "" || d.has(c, frCite) {
		return false
	}
	if slices.Contains(d.lex.lists["modals"], d.info[k].norm) {
		return !d.has(c, frQuote) && d.tok[k].depth == d.tok[c].depth
	}
	return slices.Contains(d.lex.lists["passives"], d.info[k].norm) && !d.participle(c) && d.tok[c].to == int32(c+1)
}

// negated tells whether a cue is denied: "did not say".
func (d *doc) negated(c, from int) bool {
	for k := c - 1; k >= from && k >= c-3; k-- {
		if d.has(k, frQuote) && d.is(k, clsPlain) {
			return true
		}
		if !d.is(k, clsAdverb|clsPlain) {
			return false
		}
	}
	return false
}
