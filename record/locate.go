package record

import (
	"strconv"
	"strings"
)

// Locate gives the column, in bytes from 1, at which the value of a field stands
// in a line of a record. The field is named as problems name it
// ("entry.body.stances[0].party"); where it is not there, the column is that of
// the nearest value around it, and 1 for a line that cannot be read.
func Locate(line []byte, field string) (column int) {
	n, _, err := parseTree(line)
	if err != nil {
		return 1
	}
	return descend(&n, field).at + 1
}

// descend follows a field's path as far as it goes.
func descend(n *node, field string) *node {
	for _, step := range strings.FieldsFunc(field, func(r rune) bool { return r == '.' || r == '[' }) {
		next := n.step(step)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// step gives a member by name, or by its number when the step ends with "]".
func (n *node) step(step string) *node {
	if index, isIndex := strings.CutSuffix(step, "]"); isIndex {
		for i := range n.members {
			if n.sort == '[' && index == strconv.Itoa(i) {
				return &n.members[i]
			}
		}
		return nil
	}
	return n.member(step)
}
