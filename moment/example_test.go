package moment_test

import (
	"fmt"

	"github.com/truceline/truceline/moment"
)

func ExampleParse() {
	kyiv, _ := moment.LoadZone("Europe/Kyiv")
	for _, text := range []string{"2025-03-12", "2022-11~", "2025-04-19T18:00+03:00", "2024-08/..[Europe/Moscow]", "2025-02-30"} {
		t, err := moment.Parse(text, kyiv)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(t.Hull(), t.Precision())
	}
	// Output:
	// [2025-03-11T22:00:00Z, 2025-03-12T22:00:00Z) day
	// [2022-09-30T21:00:00Z, 2022-12-31T22:00:00Z) month
	// [2025-04-19T15:00:00Z, 2025-04-19T15:00:01Z) minute
	// [2024-07-31T21:00:00Z, +inf) interval
	// "2025-02-30", at byte 9: there is no day 30 in February 2025; write from 01 to 28
}

func ExampleEnd() {
	moscow, _ := moment.LoadZone("Europe/Moscow")
	start, _ := moment.Parse("2025-03-18", moscow)
	length, _ := moment.ParseDuration("P30D")
	for _, counting := range moment.Countings() {
		end, _ := moment.End(start, length, counting, moscow)
		fmt.Printf("%s: %s\n", counting, end)
	}
	// Output:
	// from the hour of the start: 2025-04-17[Europe/Moscow]
	// the day of the start is day one: 2025-04-17T00:00:00+03:00[Europe/Moscow]
	// the day of the start is not counted: 2025-04-18T00:00:00+03:00[Europe/Moscow]
	// thirty days as a month: 2025-04-19T00:00:00+03:00[Europe/Moscow]
}

func ExampleDifference() {
	from, _ := moment.Parse("2022-11", nil)
	to, _ := moment.Parse("2025-03-11", nil)
	least, most := moment.Difference(from, to, nil).MonthsRange()
	fmt.Printf("%d to %d months\n", least, most)
	// Output: 27 to 28 months
}

func ExampleCourse() {
	start, _ := moment.Parse("2025-03-18", nil)
	end, _ := moment.Parse("2025-04-17T12:00Z", nil)
	inForce := moment.AllOf(moment.Since(start), moment.Until(end))
	for _, change := range inForce.Changes() {
		fmt.Println(change.At, change.Value)
	}
	// Output:
	// 2025-03-18T00:00:00Z maybe
	// 2025-03-18T23:59:59Z yes
	// 2025-04-17T12:00:00Z no
}
