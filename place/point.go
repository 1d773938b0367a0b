package place

import (
	"fmt"
	"math"
	"strconv"
)

// Point is a position on the WGS84 ellipsoid: geodetic longitude and latitude in degrees, east
// and north positive. A Point made by [NewPoint] or read from a file is finite, with Lon in
// [-180, 180] and Lat in [-90, 90].
type Point struct{ Lon, Lat float64 }

// NewPoint refuses NaN, infinities, |lon| above 180 and |lat| above 90.
func NewPoint(lon, lat float64) (Point, error) {
	p := Point{lon, lat}
	if why := p.fault(); why != "" {
		return Point{}, fmt.Errorf("place: point (longitude %v, latitude %v): %s", lon, lat, why)
	}
	return p, nil
}

// fault says what is wrong with p and how to mend it; empty if nothing is.
func (p Point) fault() string {
	switch {
	case math.IsNaN(p.Lon) || math.IsInf(p.Lon, 0) || math.IsNaN(p.Lat) || math.IsInf(p.Lat, 0):
		return "not a number; give degrees"
	case math.Abs(p.Lat) > 90 && math.Abs(p.Lon) <= 90:
		return "latitude is outside -90 to 90; longitude comes first, perhaps the two are exchanged"
	case math.Abs(p.Lat) > 90:
		return "latitude is outside -90 to 90; give WGS84 degrees, longitude first"
	case math.Abs(p.Lon) > 180:
		return "longitude is outside -180 to 180; give WGS84 degrees, longitude first"
	}
	return ""
}

// String gives "37.8029 48.0159", longitude first, in the shortest form that reads back the same.
func (p Point) String() string {
	return strconv.FormatFloat(p.Lon, 'f', -1, 64) + " " + strconv.FormatFloat(p.Lat, 'f', -1, 64)
}
