package truth_test

import (
	"fmt"

	"github.com/truceline/truceline/truth"
)

func ExampleAll() {
	place := truth.Unknown(truth.Gap{Code: "place-band", Args: truth.Args{"km": "4"}})
	weapon := truth.Unknown(truth.Gap{Code: "weapon-class"})

	open := truth.All(truth.Certain(true), place, weapon)
	fmt.Println(open.Value, open.Gaps)

	// A no settles the matter, whatever else is not known.
	settled := truth.All(place, weapon, truth.Certain(false))
	fmt.Println(settled.Value, len(settled.Gaps))
	// Output:
	// maybe [place-band(km=4) weapon-class]
	// no 0
}

func ExampleAnd() {
	fmt.Println(truth.And(truth.Yes, truth.Maybe), truth.Or(truth.Yes, truth.Maybe), truth.Maybe.Not())
	// Output: maybe yes maybe
}
