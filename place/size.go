package place

import (
	"math"

	"github.com/peterstace/simplefeatures/geom"
)

// Size is the area in square metres on the ellipsoid, within edges that are straight in longitude
// and latitude. It is right to a relative 1e-9 or to 1e-4 m², whichever is more.
func (a *Area) Size() float64 { return a.size() }

// sizeOf is the size of the polygons of g.
func sizeOf(g geom.Geometry) float64 {
	sum := 0.0
	for _, p := range polygons(g) {
		for i, r := range p.DumpRings() {
			s := math.Abs(ringSize(r.Coordinates()))
			if i > 0 {
				s = -s
			}
			sum += s
		}
	}
	return math.Max(0, sum)
}

// ringSize is the size within a closed ring, negative for one that runs counter-clockwise.
func ringSize(ring geom.Sequence) float64 {
	n := ring.Length()
	if n == 0 {
		return 0
	}
	// The strip between each edge and a parallel of the ring itself: small numbers stay small.
	base := ring.GetXY(0).Y
	sum := 0.0
	for i := 1; i < n; i++ {
		a, b := ring.GetXY(i-1), ring.GetXY(i)
		sum += (b.X - a.X) * degree * meanStrip(base, a.Y, b.Y)
	}
	return sum
}

// Gauss and Legendre's nodes and weights of the fifth order on [-1, 1].
var (
	gaussNodes   = [5]float64{-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640}
	gaussWeights = [5]float64{0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891}
)

// meanStrip is the mean, over latitudes from lat1 to lat2, of the size in square metres by radian of
// longitude of the strip between the parallel base and the latitude.
func meanStrip(base, lat1, lat2 float64) float64 {
	if lat1 == lat2 {
		return strip(base, lat1)
	}
	steps := math.Max(1, math.Ceil(math.Abs(lat2-lat1)/5))
	half := (lat2 - lat1) / steps / 2
	sum := 0.0
	for i := 0.5; i < steps; i++ {
		middle := lat1 + 2*half*i
		for k, x := range gaussNodes {
			sum += gaussWeights[k] * strip(base, middle+half*x)
		}
	}
	return sum / steps / 2
}

// strip is the size by radian of longitude between the parallels base and lat. The formula is that of
// the authalic latitude (J. P. Snyder, Map Projections, 1987, eq. 3-12), taken as a difference.
func strip(base, lat float64) float64 {
	// sin lat - sin base, without cancellation.
	s1, s2 := math.Sin(base*degree), math.Sin(lat*degree)
	diff := 2 * math.Sin((lat-base)/2*degree) * math.Cos((lat+base)/2*degree)
	e := math.Sqrt(ecc2)
	// s/(1-e²s²) at s2 less the same at s1.
	first := diff * (1 + ecc2*s1*s2) / ((1 - ecc2*s1*s1) * (1 - ecc2*s2*s2))
	// atanh(e s2) - atanh(e s1) = atanh of the quotient.
	second := math.Atanh(e*diff/(1-ecc2*s1*s2)) / e
	return polar * polar / 2 * (first + second)
}
