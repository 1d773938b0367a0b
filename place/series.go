package place

import "math"

// The series of Karney (2013) to the sixth order in the expansion parameter eps, whose size on
// WGS84 is at most 0.0017: what is cut off is below the rounding of a double. The numbers of the
// equations are those of the paper.

// expansion is eps for a geodesic whose direction at the equator has the given cosine (eq. 16).
func expansion(cosine float64) float64 {
	k2 := cosine * cosine * ecc2Second
	return k2 / (2*(1+math.Sqrt(1+k2)) + k2)
}

// sumSines adds c[0] sin 2x + c[1] sin 4x + ... by Clenshaw's rule.
func sumSines(c []float64, x sincos) float64 {
	twice := 2 * (x.c - x.s) * (x.c + x.s) // 2 cos 2x
	var last, before float64
	for i := len(c) - 1; i >= 0; i-- {
		last, before = c[i]+twice*last-before, last
	}
	return 2 * x.s * x.c * last
}

// seriesA1 is eq. 17.
func seriesA1(e float64) float64 {
	q := e * e
	return (1 + q*(1.0/4+q*(1.0/64+q/256))) / (1 - e)
}

// seriesC1 is eq. 18.
func seriesC1(e float64) [6]float64 {
	q := e * e
	p2, p3 := q, q*e
	p4, p5, p6 := q*q, q*q*e, q*q*q
	return [6]float64{
		e * (-1.0/2 + q*(3.0/16-q/32)),
		p2 * (-1.0/16 + q*(1.0/32-9*q/2048)),
		p3 * (-1.0/48 + 3*q/256),
		p4 * (-5.0/512 + 3*q/512),
		p5 * (-7.0 / 1280),
		p6 * (-7.0 / 2048),
	}
}

// seriesC1p reverts C1 (eq. 21).
func seriesC1p(e float64) [6]float64 {
	q := e * e
	p2, p3 := q, q*e
	p4, p5, p6 := q*q, q*q*e, q*q*q
	return [6]float64{
		e * (1.0/2 + q*(-9.0/32+205*q/1536)),
		p2 * (5.0/16 + q*(-37.0/96+1335*q/4096)),
		p3 * (29.0/96 - 75*q/128),
		p4 * (539.0/1536 - 2391*q/2560),
		p5 * (3467.0 / 7680),
		p6 * (38081.0 / 61440),
	}
}

// seriesA2 is eq. 42.
func seriesA2(e float64) float64 {
	q := e * e
	return (1 - q*(3.0/4+q*(7.0/64+11*q/256))) / (1 + e)
}

// seriesC2 is eq. 43.
func seriesC2(e float64) [6]float64 {
	q := e * e
	p2, p3 := q, q*e
	p4, p5, p6 := q*q, q*q*e, q*q*q
	return [6]float64{
		e * (1.0/2 + q*(1.0/16+q/32)),
		p2 * (3.0/16 + q*(1.0/32+35*q/2048)),
		p3 * (5.0/48 + 5*q/256),
		p4 * (35.0/512 + 7*q/512),
		p5 * (63.0 / 1280),
		p6 * (77.0 / 2048),
	}
}

// seriesA3 is eq. 24 for the third flattening of WGS84.
func seriesA3(e float64) float64 {
	const n = thirdFlat
	return 1 - e*((1-n)/2+e*((1.0/4+n/8-3*n*n/8)+e*((1.0/16+3*n/16+n*n/16)+e*((3.0/64+n/32)+e*3/128))))
}

// seriesC3 is eq. 25 for the third flattening of WGS84.
func seriesC3(e float64) [5]float64 {
	const n = thirdFlat
	p2 := e * e
	p3 := p2 * e
	p4, p5 := p2*p2, p2*p3
	return [5]float64{
		e * ((1-n)/4 + e*((1-n*n)/8+e*((3+3*n-n*n)/64+e*((5+2*n)/128+e*3/128)))),
		p2 * ((2-3*n+n*n)/32 + e*((3-2*n-3*n*n)/64+e*((3+n)/128+e*5/256))),
		p3 * ((5-9*n+5*n*n)/192 + e*((9-10*n)/384+e*7/512)),
		p4 * ((7-14*n)/512 + e*7/512),
		p5 * 21 / 2560,
	}
}
