package place

import (
	"fmt"
	"math"
	"slices"
)

// Sort says in what way a place is known.
type Sort string

// The sorts of place.
const (
	SortUnknown Sort = "unknown" // nothing is known
	SortDisc    Sort = "disc"    // within a radius of a point
	SortSector  Sort = "sector"  // in a direction from an observer, within a band of distance
	SortWithin  Sort = "within"  // somewhere in one of the areas named
)

// Limits of what may be said of a place.
const (
	// MaxReach is the greatest radius of a disc and the greatest distance of a sector, in metres.
	MaxReach = 1_000_000
	// SectorHalfWidth is half of the opening of a sector, in degrees: a bearing is taken as a
	// point of the 16-point compass, good to half the step between two points.
	SectorHalfWidth = 11.25
)

// Place is the set of points at one of which something is said to have happened. It never
// changes. The zero Place is [Unknown].
type Place struct {
	sort    Sort
	at      Point // centre of a disc, observer of a sector
	near    float64
	far     float64 // radius of a disc
	bearing float64
	areas   []*Area
}

// Unknown is a place of which nothing is known. It is the zero Place.
func Unknown() Place { return Place{} }

// Disc is the place within radius metres of centre, the rim included. The radius is from 0 (known
// exactly) to [MaxReach].
func Disc(centre Point, radius float64) (Place, error) {
	if why := centre.fault(); why != "" {
		return Place{}, fmt.Errorf("place: disc around %v: %s", centre, why)
	}
	if !(radius >= 0 && radius <= MaxReach) {
		return Place{}, fmt.Errorf("place: disc around %v: radius %v m; give metres from 0 to %d", centre, radius, MaxReach)
	}
	return Place{sort: SortDisc, at: centre, far: radius}, nil
}

// Sector is the place seen from observer in the direction bearing, in degrees clockwise from true
// north, give or take [SectorHalfWidth], between nearest and farthest metres away, limits included. A
// bearing from -360 to 360 is taken; nearest is at least 0 and at most farthest, which is above 0 and
// at most [MaxReach].
func Sector(observer Point, bearing, nearest, farthest float64) (Place, error) {
	if why := observer.fault(); why != "" {
		return Place{}, fmt.Errorf("place: sector seen from %v: %s", observer, why)
	}
	if !(math.Abs(bearing) <= 360) {
		return Place{}, fmt.Errorf("place: sector seen from %v: bearing %v; give degrees clockwise from north, 0 to 360", observer, bearing)
	}
	if !(nearest >= 0 && nearest <= farthest && farthest > 0 && farthest <= MaxReach) {
		return Place{}, fmt.Errorf("place: sector seen from %v: from %v m to %v m; give metres with 0 <= nearest <= farthest <= %d and farthest above 0",
			observer, nearest, farthest, MaxReach)
	}
	return Place{sort: SortSector, at: observer, bearing: math.Mod(bearing+720, 360), near: nearest, far: farthest}, nil
}

// Within is the place somewhere inside the union of the areas. Areas that are nil are left out;
// with none left the place is [Unknown].
func Within(areas ...*Area) Place {
	kept := slices.DeleteFunc(slices.Clone(areas), func(a *Area) bool { return a == nil })
	if len(kept) == 0 {
		return Place{}
	}
	return Place{sort: SortWithin, areas: kept}
}

// Sort says in what way the place is known.
func (p Place) Sort() Sort {
	if p.sort == "" {
		return SortUnknown
	}
	return p.sort
}
