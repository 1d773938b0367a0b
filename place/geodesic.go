package place

import "math"

// The WGS84 ellipsoid. Metres, and pure numbers derived from the flattening.
const (
	equatorial  = 6378137.0
	flattening  = 1 / 298.257223563
	axisRatio   = 1 - flattening // polar over equatorial radius
	polar       = equatorial * axisRatio
	ecc2        = flattening * (2 - flattening)         // first eccentricity, squared
	ecc2Second  = ecc2 / (axisRatio * axisRatio)        // second eccentricity, squared
	thirdFlat   = flattening / (2 - flattening)         // (a-b)/(a+b)
	leastRadius = polar * axisRatio                     // least radius of curvature, b²/a
	degree      = math.Pi / 180                         // radians
	tinyNumber  = 1.4916681462400413e-154               // square root of the least normal double
	wholeEps    = 2.220446049250313e-16                 // distance from 1 to the next double
	newtonSteps = 200                                   // bisection alone ends within it; three or four are usual
	shortArc    = 0.1 * 1.4901161193847656e-08 / 0.0409 // below it the sphere of local radius is exact to rounding
)

// Distance is the length in metres of the shortest geodesic between a and b on WGS84. For any two
// points, nearly antipodal ones included, it is right to better than a micrometre.
func Distance(a, b Point) float64 {
	s, _, _ := inverse(a, b)
	return s
}

// Bearing is the direction in degrees clockwise from north, from 0 to below 360, in which the
// shortest geodesic leaves a towards b. Between equal points and between poles it has no meaning.
func Bearing(a, b Point) float64 {
	_, out, _ := inverse(a, b)
	deg := math.Atan2(out.s, out.c) / degree
	if deg < 0 {
		deg += 360
	}
	if deg >= 360 { // a tiny negative angle rounds up
		deg = 0
	}
	return deg
}

// sincos is an angle given by its sine and cosine.
type sincos struct{ s, c float64 }

// unit scales v to s²+c² = 1.
func (v sincos) unit() sincos {
	h := math.Hypot(v.s, v.c)
	return sincos{v.s / h, v.c / h}
}

// sincosDeg is exact at the multiples of 90°.
func sincosDeg(deg float64) sincos {
	r := math.Remainder(deg, 360)
	q := math.Round(r / 90)
	s, c := math.Sincos((r - 90*q) * degree)
	switch int(q) & 3 {
	case 1:
		return sincos{c, -s}
	case 2:
		return sincos{-s, -c}
	case 3:
		return sincos{-c, s}
	}
	return sincos{s, c}
}

// coarse rounds an angle near zero to a multiple of 2^-57 degree, less than a picometre, so that
// squares of it do not underflow.
func coarse(deg float64) float64 {
	const z = 1.0 / 16
	y := math.Abs(deg)
	if y < z {
		y = z - (z - y)
	}
	return math.Copysign(y, deg)
}

// reduced is the reduced latitude of a geodetic one; its cosine is kept above zero.
func reduced(lat float64) sincos {
	v := sincosDeg(lat)
	v = sincos{axisRatio * v.s, v.c}.unit()
	v.c = math.Max(tinyNumber, v.c)
	return v
}

// inverse solves the inverse geodesic problem: the length in metres, and the directions (from
// north, clockwise) in which the geodesic leaves a and in which it passes b.
func inverse(a, b Point) (length float64, out, in sincos) {
	// Put the case into canonical form (Karney 2013, eq. 44): the first latitude south and the
	// greater in size, the second point to the east.
	lon := coarse(math.Remainder(b.Lon-a.Lon, 360))
	lonSign := 1.0
	if lon < 0 {
		lonSign, lon = -1, -lon
	}
	lat1, lat2 := coarse(a.Lat), coarse(b.Lat)
	swap := 1.0
	if math.Abs(lat1) < math.Abs(lat2) {
		swap, lonSign = -1, -lonSign
		lat1, lat2 = lat2, lat1
	}
	latSign := 1.0
	if lat1 > 0 {
		latSign, lat1, lat2 = -1, -lat1, -lat2
	}
	length, out, in = canonical(lat1, lat2, lon)
	if swap < 0 {
		out, in = in, out
	}
	out.s *= swap * lonSign
	out.c *= swap * latSign
	in.s *= swap * lonSign
	in.c *= swap * latSign
	return length, out, in
}

// arc holds a pair of points in canonical form.
type arc struct {
	bet1, bet2 sincos  // reduced latitudes
	dn1, dn2   float64 // sqrt(1 + e'² sin² beta)
	lam        sincos  // difference of longitude
}

// canonical solves the inverse problem for -90 <= lat1 <= 0, lat1 <= lat2 <= -lat1, 0 <= lon <= 180.
func canonical(lat1, lat2, lon float64) (length float64, out, in sincos) {
	g := arc{bet1: reduced(lat1), bet2: reduced(lat2), lam: sincosDeg(lon)}
	// Equal or opposite latitudes must give equal or opposite sines to the last bit.
	if lat2 == lat1 {
		g.bet2 = g.bet1
	} else if lat2 == -lat1 {
		g.bet2 = sincos{-g.bet1.s, g.bet1.c}
	}
	g.dn1 = math.Sqrt(1 + ecc2Second*g.bet1.s*g.bet1.s)
	g.dn2 = math.Sqrt(1 + ecc2Second*g.bet2.s*g.bet2.s)

	if lat1 == -90 || g.lam.s == 0 {
		if s, o, i, ok := g.meridian(); ok {
			return s, o, i
		}
	}
	lam := lon * degree
	if g.bet1.s == 0 && lon <= (1-flattening)*180 {
		return equatorial * lam, sincos{1, 0}, sincos{1, 0}
	}
	start, s, arrive, short := g.start(lam)
	if short {
		return s, start, arrive
	}
	return g.newton(start)
}

// meridian gives the length along a meridian; ok is false if that is not the shortest way, which
// happens for nearly antipodal points only.
func (g *arc) meridian() (length float64, out, in sincos, ok bool) {
	out = sincos{g.lam.s, g.lam.c}
	in = sincos{0, 1}
	sig1 := sincos{g.bet1.s, out.c * g.bet1.c}
	sig2 := sincos{g.bet2.s, in.c * g.bet2.c}
	sig := math.Atan2(math.Max(0, sig1.c*sig2.s-sig1.s*sig2.c), sig1.c*sig2.c+sig1.s*sig2.s)
	s, m := g.lengths(thirdFlat, sig, sig1, sig2)
	if sig < 1 || m >= 0 {
		return polar * s, out, in, true
	}
	return 0, out, in, false
}

// start guesses the direction at the first point on a sphere (Karney 2013, eq. 49). Below a
// quarter of a metre the guess is the answer, and short is true.
func (g *arc) start(lam float64) (out sincos, length float64, in sincos, short bool) {
	bet1, bet2 := g.bet1, g.bet2
	sDiff := bet2.s*bet1.c - bet2.c*bet1.s
	cDiff := bet2.c*bet1.c + bet2.s*bet1.s
	sSum := bet2.s*bet1.c + bet2.c*bet1.s
	near := cDiff >= 0 && sDiff < 0.5 && bet2.c*lam < 0.5
	dn := 1.0
	omg := g.lam
	if near {
		s := bet1.s + bet2.s
		c := bet1.c + bet2.c
		dn = math.Sqrt(1 + ecc2Second*s*s/(s*s+c*c))
		omg.s, omg.c = math.Sincos(lam / (axisRatio * dn))
	}
	out.s = bet2.c * omg.s
	if omg.c >= 0 {
		out.c = sDiff + bet2.c*bet1.s*omg.s*omg.s/(1+omg.c)
	} else {
		out.c = sSum - bet2.c*bet1.s*omg.s*omg.s/(1-omg.c)
	}
	sSig := math.Hypot(out.s, out.c)
	if near && sSig < shortArc {
		if sSig == 0 {
			return sincos{0, 1}, 0, sincos{0, 1}, true
		}
		turn := 1 - omg.c
		if omg.c >= 0 {
			turn = omg.s * omg.s / (1 + omg.c)
		}
		in = sincos{bet1.c * omg.s, sDiff - bet1.c*bet2.s*turn}.unit()
		cSig := bet1.s*bet2.s + bet1.c*bet2.c*omg.c
		return out.unit(), math.Atan2(sSig, cSig) * polar * dn, in, true
	}
	if !(out.s > 0) { // nearly antipodal: any direction in the open half turn will do
		out = sincos{1, 0}
	}
	return out.unit(), 0, in, false
}

// newton finds the direction at the first point for which the geodesic meets the second meridian
// at the right longitude. The difference grows with the direction, so that a bracket can be kept
// and Newton's step replaced by bisection where it leaves it.
func (g *arc) newton(out sincos) (length float64, first, second sincos) {
	low := sincos{tinyNumber, 1}
	high := sincos{tinyNumber, -1}
	var h hit
	for range newtonSteps {
		h = g.follow(out)
		if math.Abs(h.miss) < 2*wholeEps {
			break
		}
		if h.miss > 0 {
			high = h.out
		} else {
			low = h.out
		}
		if slope := g.slope(h); slope > 0 {
			step := -h.miss / slope
			if math.Abs(step) < math.Pi {
				s, c := math.Sincos(step)
				next := sincos{out.s*c + out.c*s, out.c*c - out.s*s}.unit()
				// Inside the bracket: cotangents fall as directions grow.
				if next.s > 0 && next.c*low.s < low.c*next.s && next.c*high.s > high.c*next.s {
					if next == out {
						break
					}
					out = next
					continue
				}
			}
		}
		next := sincos{low.s + high.s, low.c + high.c}
		if math.Hypot(next.s, next.c) < 1e-3 { // the bracket is still the half turn
			next = sincos{low.c - high.c, high.s - low.s}
		}
		next = next.unit()
		if next == out {
			break
		}
		out = next
	}
	s, _ := g.lengths(h.eps, h.sig, h.sig1, h.sig2)
	return polar * s, h.out, h.in
}

// hit tells where a geodesic that leaves the first point in a direction meets the second parallel.
type hit struct {
	out, in    sincos
	sig1, sig2 sincos  // arcs on the auxiliary sphere from the node
	sig        float64 // their difference
	eps        float64 // expansion parameter
	miss       float64 // longitude reached less longitude wanted, radians
}

// follow evaluates the longitude as a function of the direction (Karney 2013, section 4).
func (g *arc) follow(out sincos) hit {
	bet1, bet2 := g.bet1, g.bet2
	if bet1.s == 0 && out.c == 0 {
		out.c = -tinyNumber // the equator is degenerate
	}
	h := hit{out: out}
	sAlp0 := out.s * bet1.c
	cAlp0 := math.Hypot(out.c, out.s*bet1.s)
	omg1 := sincos{sAlp0 * bet1.s, out.c * bet1.c}
	h.sig1 = sincos{bet1.s, omg1.c}.unit()

	h.in.s = out.s
	if bet2.c != bet1.c {
		h.in.s = sAlp0 / bet2.c
	}
	h.in.c = math.Abs(out.c)
	if bet2.c != bet1.c || math.Abs(bet2.s) != -bet1.s {
		diff := (bet1.s - bet2.s) * (bet1.s + bet2.s)
		if bet1.c < -bet1.s {
			diff = (bet2.c - bet1.c) * (bet1.c + bet2.c)
		}
		h.in.c = math.Sqrt(out.c*bet1.c*out.c*bet1.c+diff) / bet2.c
	}
	omg2 := sincos{sAlp0 * bet2.s, h.in.c * bet2.c}
	h.sig2 = sincos{bet2.s, omg2.c}.unit()

	h.sig = math.Atan2(math.Max(0, h.sig1.c*h.sig2.s-h.sig1.s*h.sig2.c), h.sig1.c*h.sig2.c+h.sig1.s*h.sig2.s)
	sOmg := math.Max(0, omg1.c*omg2.s-omg1.s*omg2.c)
	cOmg := omg1.c*omg2.c + omg1.s*omg2.s
	eta := math.Atan2(sOmg*g.lam.c-cOmg*g.lam.s, cOmg*g.lam.c+sOmg*g.lam.s)

	h.eps = expansion(cAlp0)
	c3 := seriesC3(h.eps)
	h.miss = eta - flattening*seriesA3(h.eps)*sAlp0*(h.sig+sumSines(c3[:], h.sig2)-sumSines(c3[:], h.sig1))
	return h
}

// slope is the derivative of the miss by the direction, radians by radian.
func (g *arc) slope(h hit) float64 {
	if h.in.c == 0 {
		return -2 * axisRatio * g.dn1 / g.bet1.s
	}
	_, m := g.lengths(h.eps, h.sig, h.sig1, h.sig2)
	return m * axisRatio / (h.in.c * g.bet2.c)
}

// lengths gives distance and reduced length in units of the polar radius.
func (g *arc) lengths(eps, sig float64, sig1, sig2 sincos) (s, m float64) {
	a1, a2 := seriesA1(eps), seriesA2(eps)
	c1, c2 := seriesC1(eps), seriesC2(eps)
	b1 := sumSines(c1[:], sig2) - sumSines(c1[:], sig1)
	b2 := sumSines(c2[:], sig2) - sumSines(c2[:], sig1)
	s = a1 * (sig + b1)
	j := (a1-a2)*sig + a1*b1 - a2*b2
	m = g.dn2*(sig1.c*sig2.s) - g.dn1*(sig1.s*sig2.c) - sig1.c*sig2.c*j
	return s, m
}

// direct is the point reached from p by going metres along the geodesic that leaves in the
// direction bearing (degrees clockwise from north). Its longitude is in [-180, 180].
func direct(p Point, bearing, metres float64) Point {
	alp := sincosDeg(bearing)
	bet := reduced(coarse(p.Lat))
	sAlp0 := alp.s * bet.c
	cAlp0 := math.Hypot(alp.c, alp.s*bet.s)
	sig1 := sincos{bet.s, alp.c * bet.c}
	omg1 := sincos{sAlp0 * bet.s, alp.c * bet.c}
	if bet.s == 0 && alp.c == 0 {
		sig1, omg1 = sincos{0, 1}, sincos{0, 1}
	}
	sig1 = sig1.unit()
	eps := expansion(cAlp0)
	c1, c1p, c3 := seriesC1(eps), seriesC1p(eps), seriesC3(eps)
	b11 := sumSines(c1[:], sig1)
	s, c := math.Sincos(b11)
	tau1 := sincos{sig1.s*c + sig1.c*s, sig1.c*c - sig1.s*s}
	tau := metres / (polar * seriesA1(eps))
	s, c = math.Sincos(tau)
	b12 := -sumSines(c1p[:], sincos{tau1.s*c + tau1.c*s, tau1.c*c - tau1.s*s})
	sig := tau - (b12 - b11)
	s, c = math.Sincos(sig)
	sig2 := sincos{sig1.s*c + sig1.c*s, sig1.c*c - sig1.s*s}
	omg2 := sincos{sAlp0 * sig2.s, sig2.c}
	omg := math.Atan2(omg2.s*omg1.c-omg2.c*omg1.s, omg2.c*omg1.c+omg2.s*omg1.s)
	lam := omg - flattening*seriesA3(eps)*sAlp0*(sig+sumSines(c3[:], sig2)-sumSines(c3[:], sig1))
	lat := math.Atan2(cAlp0*sig2.s, axisRatio*math.Hypot(sAlp0, cAlp0*sig2.c)) / degree
	return Point{Lon: math.Remainder(p.Lon+lam/degree, 360), Lat: lat}
}
