// Package place owns where: points, places known only roughly, areas and lines on the WGS84 ellipsoid,
// and the three-valued answers to "was it in there?".
//
// # What an edge is
//
// An area or a line is read from GeoJSON (RFC 7946), whose edges are straight in longitude and
// latitude. The package takes that at its word: containment is decided in the plane of longitude and
// latitude with exact predicates, so that no edge is moved at all, and a point on an edge is in the
// area. An edge along a parallel therefore follows the parallel, and not the shorter great circle,
// which bulges poleward of it by about 1.2 m at latitude 48° for an edge of 0.1°, by 120 m for one of
// 1° and by 3 km for one of 5°. Whoever means a great circle puts vertices on it.
//
// # What a distance is
//
// Distances are lengths of shortest geodesics on the ellipsoid, in metres, after C. F. F. Karney,
// "Algorithms for geodesics", Journal of Geodesy 87 (2013). Sizes are areas on the ellipsoid, in
// square metres.
//
// # What is not supported
//
// An edge that spans more than 180° of longitude, and a ring that touches a pole, are refused by name
// (see [CodeAntimeridian] and [CodePole]); RFC 7946 §3.1.9 asks to cut at the antimeridian. Where two
// parts of an area meet at such a cut, a disc across it is answered with Maybe, never with a wrong Yes
// or No.
//
// The package is pure: bytes in, values out. An [Area] and a [Line] do not change once made and may be
// shared by any number of goroutines; the one exported field of Area is not to be written to.
package place
