package judge

import (
	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/truth"
)

// compareAll holds a figure against every comparison of a rule. At exactly 100 mm
// "> 100 mm" says no, ">= 100 mm" yes, "< 100 mm" no.
func compareAll(test testKind, list []agreement.Comparison, f figure) Outcome {
	o := Outcome{Value: truth.Yes, test: test, code: codeFits}
	if !f.known {
		o.Value, o.code = truth.Maybe, codeUnknown
		return o
	}
	for i := range list {
		o.Value = truth.And(o.Value, compareOne(&list[i], f))
	}
	switch o.Value {
	case truth.No:
		o.code = codeMisses
	case truth.Maybe:
		o.code = codeOpen
	}
	return o
}

func compareOne(c *agreement.Comparison, f figure) truth.Value {
	switch c.Sign {
	case agreement.MoreThan:
		return beyond(f.least > c.Value, f.most > c.Value)
	case agreement.AtLeast:
		return beyond(f.least >= c.Value, f.most >= c.Value)
	case agreement.LessThan:
		return beyond(f.most < c.Value, f.least < c.Value)
	case agreement.AtMost:
		return beyond(f.most <= c.Value, f.least <= c.Value)
	default:
		return beyond(f.least == c.Value && f.most == c.Value, f.least <= c.Value && c.Value <= f.most)
	}
}

// beyond is yes when all of a figure passes, no when none of it does.
func beyond(all, some bool) truth.Value {
	switch {
	case all:
		return truth.Yes
	case some:
		return truth.Maybe
	}
	return truth.No
}
