package judge

import (
	"slices"

	"github.com/truceline/truceline/truth"
)

// testKind is the sort of a test that a rule puts to an incident.
type testKind uint8

// The tests, in the order in which reasons list them.
const (
	testTime testKind = iota
	testActor
	testAct
	testWeapon
	testCalibre
	testRange
	testUnit
	testCount
	testPurpose
	testObject
	testDomain
	testArea
	testSpecial
	testException
	testKinds
)

var testNames = [testKinds]string{
	"time", "actor", "act", "weapon", "calibre", "range", "unit", "count", "purpose", "object", "domain", "area", "special", "exception",
}

// code is why a test came out as it did; with the test's name it is the code of a
// message: "area.inside".
type code uint8

// The codes. Several tests share some.
const (
	codeNone code = iota
	codeCovered
	codeNotCovered
	codeBroader
	codeDisputed
	codeUnknown
	codeIllustrative
	codeFits
	codeMisses
	codeOpen
	codeNoneNamed
	codeBound
	codeNotBound
	codeAnsweredFor
	codeReleased
	codeAnywhere
	codePlaceUnknown
	codeInside
	codeOutside
	codeUndrawn
	codeMaybe
	codeByActor
	codeNearUnknown
	codeNoDepth
	codeDepthOpen
	codeFree
	codeDisplaced
	codeFails
	codeCovers
	codeClaimed
	codeRefuted
	codeDefeated
	codeStepsLacking
	codeInForce
	codeBeforeStart
	codeAfterEnd
	codeInterrupted
	codeNeverBegan
	codeNoText
	codeNotBinding
	codeOutsideHours
	codeHoursOpen
	codeHoursUnsaid
	codes
)

var codeNames = [codes]string{
	codeNone: "", codeCovered: "covered", codeNotCovered: "not-covered", codeBroader: "broader", codeDisputed: "disputed",
	codeUnknown: "unknown", codeIllustrative: "illustrative", codeFits: "fits", codeMisses: "misses", codeOpen: "open",
	codeNoneNamed: "none-named", codeBound: "bound", codeNotBound: "not-bound", codeAnsweredFor: "answered-for", codeReleased: "released",
	codeAnywhere: "anywhere", codePlaceUnknown: "place-unknown", codeInside: "inside", codeOutside: "outside", codeUndrawn: "undrawn",
	codeMaybe: "maybe", codeByActor: "by-actor", codeNearUnknown: "near-unknown", codeNoDepth: "no-depth", codeDepthOpen: "depth-open", codeFree: "free",
	codeDisplaced: "displaced", codeFails: "fails", codeCovers: "covers", codeClaimed: "claimed", codeRefuted: "refuted",
	codeDefeated: "defeated", codeStepsLacking: "steps-lacking", codeInForce: "in-force", codeBeforeStart: "before-start",
	codeAfterEnd: "after-end", codeInterrupted: "interrupted", codeNeverBegan: "never-began", codeNoText: "no-common-text",
	codeNotBinding: "not-binding", codeOutsideHours: "outside-hours", codeHoursOpen: "hours-open", codeHoursUnsaid: "hours-unsaid",
}

// Outcome is how one test came out, in short: a value and why, without the
// particulars that [Bench.Judge] writes out.
type Outcome struct {
	Value truth.Value
	test  testKind
	code  code
	at    int16 // what the code speaks of: a thing of the report, a rule, an exception
}

// Test names the test: "time", "actor", …
func (o Outcome) Test() string { return testNames[o.test] }

// Code is the message code of the reason: "actor.bound".
func (o Outcome) Code() string { return details[o.test][o.code] }

// details are the message codes, by test and code.
var details = func() (list [testKinds][codes]string) {
	for t := range list {
		for c := range list[t] {
			list[t][c] = testNames[t] + "." + codeNames[c]
		}
	}
	list[testTime][codeNoText] = "text.no-common-text"
	return list
}()

// reasons are the codes with which each test may come out.
var reasons = func() [testKinds][]code {
	branch := []code{codeCovered, codeNotCovered, codeBroader, codeDisputed, codeUnknown, codeIllustrative}
	figure := []code{codeFits, codeMisses, codeOpen, codeUnknown}
	return [testKinds][]code{
		testTime: {
			codeInForce, codeBeforeStart, codeAfterEnd, codeInterrupted, codeMaybe, codeUnknown, codeNeverBegan, codeNoText,
			codeNotBinding, codeOutsideHours, codeHoursOpen, codeHoursUnsaid, codeReleased,
		},
		testActor: {codeNoneNamed, codeUnknown, codeBound, codeNotBound, codeAnsweredFor},
		testAct:   branch, testWeapon: branch, testObject: branch, testDomain: branch,
		testCalibre: figure, testRange: figure, testUnit: figure, testCount: figure,
		testPurpose: {codeFits, codeMisses, codeUnknown},
		testArea: {
			codeAnywhere, codeNoneNamed, codePlaceUnknown, codeInside, codeOutside, codeMaybe, codeUndrawn, codeByActor, codeNearUnknown, codeNoDepth, codeDepthOpen,
		},
		testSpecial:   {codeFree, codeDisplaced, codeMaybe},
		testException: {codeFails, codeCovers, codeMaybe, codeClaimed, codeRefuted, codeDefeated, codeStepsLacking},
	}
}()

// ReasonCodes lists the message codes of the reasons of rulings and of what would
// settle a test of act, weapon, figure, purpose, object or domain; sorted.
func ReasonCodes() []string {
	var list []string
	for t, codes := range reasons {
		for _, c := range codes {
			list = append(list, details[t][c])
		}
		if testKind(t) >= testAct && testKind(t) <= testDomain {
			list = append(list, "gap."+testNames[t])
		}
	}
	slices.Sort(list)
	return list
}

// classify composes the classification. Not in force outranks the rest; then a test
// that fails; then an exception; what is left open is undetermined.
func classify(time, tests, excused truth.Value) Classification {
	switch {
	case time == truth.No:
		return NotInForce
	case tests == truth.No:
		return NoViolation
	case time == truth.Yes && tests == truth.Yes && excused == truth.Yes:
		return Permitted
	case time == truth.Yes && tests == truth.Yes && excused == truth.No:
		return Violation
	}
	return NotDecided
}
