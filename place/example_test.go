package place_test

import (
	"fmt"

	"github.com/truceline/truceline/place"
)

// Two zones share a border; a shot was heard within 3 km of a point close to it.
func Example() {
	north, err := place.ParseArea("zone-north", []byte(`{"type": "Polygon",
		"coordinates": [[[10, 50], [12, 50], [12, 52], [10, 52], [10, 50]]]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	south, err := place.ParseArea("zone-south", []byte(`{"type": "Polygon",
		"coordinates": [[[10, 48], [12, 48], [12, 50], [10, 50], [10, 48]]]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	where, err := place.Disc(place.Point{Lon: 11, Lat: 50.01}, 3000)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("in the northern zone:", where.In(north))
	if m, ok := where.Margin(north); ok {
		fmt.Printf("known to %.1f km, the edge is %.1f km away\n", m.Known/1000, m.Edge/1000)
	}
	fmt.Println("in either zone:", where.InAny(north, south))
	// Output:
	// in the northern zone: maybe
	// known to 3.0 km, the edge is 1.1 km away
	// in either zone: yes
}

func ExampleParseArea() {
	_, err := place.ParseArea("zone", []byte(`{
  "type": "Polygon",
  "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]
}`))
	fmt.Println(err)
	// Output:
	// place: "zone": 1 problem
	// 	3:36: coordinates[0][2]: the ring crosses itself: the edge from there meets the edge from coordinates[0][0] at 1 1; put its corners in order
}

func ExampleArea_Overlap() {
	zone, _ := place.ParseArea("zone", []byte(`{"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]]}`))
	half, _ := place.ParseArea("half", []byte(`{"type": "Polygon", "coordinates": [[[1, 0], [3, 0], [3, 1], [1, 1], [1, 0]]]}`))
	share, err := zone.Overlap(half)
	fmt.Printf("%.0f %% of %.0f km², %v\n", 100*share, half.Size()/1e6, err)
	// Output: 50 % of 24617 km², <nil>
}

func ExampleDistance() {
	fmt.Printf("%.3f m\n", place.Distance(place.Point{Lon: 10, Lat: 50}, place.Point{Lon: 10, Lat: 51}))
	// Output: 111238.681 m
}
