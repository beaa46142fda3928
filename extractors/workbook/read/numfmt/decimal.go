package numfmt

import (
	"math"
	"strconv"
)

// decimal is a number's magnitude as the 15 digits that spreadsheets keep: 0.d₁d₂… × 10^exp; no digits is 0.
type decimal struct {
	buf [24]byte
	n   int
	exp int
}

// set takes the magnitude of v.
func (d *decimal) set(v float64) {
	b := strconv.AppendFloat(d.buf[:0], math.Abs(v), 'e', 14, 64) // d.dddddddddddddde±xx
	exp := 0
	for i := 18; i < len(b); i++ {
		exp = exp*10 + int(b[i]-'0')
	}
	if b[17] == '-' {
		exp = -exp
	}
	copy(b[1:], b[2:16])
	d.n, d.exp = 15, exp+1
	d.trim()
}

func (d *decimal) trim() {
	for d.n > 0 && d.buf[d.n-1] == '0' {
		d.n--
	}
}

// round keeps places digits behind the point, halves away from zero.
func (d *decimal) round(places int) {
	keep := d.exp + places
	if keep >= d.n {
		return
	}
	if keep < 0 {
		d.n = 0
		return
	}
	up := d.buf[keep] >= '5'
	d.n = keep
	if up {
		i := keep - 1
		for ; i >= 0 && d.buf[i] == '9'; i-- {
			d.n--
		}
		if i >= 0 {
			d.buf[i]++
		} else {
			d.buf[0], d.n = '1', 1
			d.exp++
		}
	}
	d.trim()
}

// integer returns the number of digits before the point, 0 for numbers below 1.
func (d *decimal) integer() int {
	if d.n == 0 {
		return 0
	}
	return max(d.exp, 0)
}

// at returns the digit i places before (i ≥ 0) or behind (i < 0) the point; 0 is the unit digit, -1 the tenths.
func (d *decimal) at(i int) byte {
	if k := d.exp - 1 - i; k >= 0 && k < d.n {
		return d.buf[k]
	}
	return '0'
}

// Raw appends the shortest decimal that reads back v, without exponent.
func Raw(dst []byte, v float64) []byte {
	if n := int64(v); n < 1e15 && n > -1e15 && float64(n) == v {
		return strconv.AppendInt(dst, n, 10) // and no -0
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// General appends v as the format General shows it in a wide column: 11 characters at most.
func General(dst []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(dst, "#NUM!"...)
	}
	if n := int64(v); n < 1e11 && n > -1e11 && float64(n) == v {
		return strconv.AppendInt(dst, n, 10)
	}
	var d decimal
	d.set(v)
	mag := d.exp - 1
	if v < 0 {
		dst = append(dst, '-')
	}
	places := 9
	if mag > 0 {
		places = max(9-mag, 0)
	}
	if mag > 10 || mag < -4 && (mag < -9 || d.n-d.exp > 9) {
		return d.scientific(dst, 5)
	}
	d.round(places)
	return d.appendFixed(dst, max(d.n-d.exp, 0))
}

// appendFixed appends the digits with places behind the point.
func (d *decimal) appendFixed(dst []byte, places int) []byte {
	for i := max(d.exp-1, 0); i >= 0; i-- {
		dst = append(dst, d.at(i))
	}
	if places > 0 {
		dst = append(dst, '.')
	}
	for i := 1; i <= places; i++ {
		dst = append(dst, d.at(-i))
	}
	return dst
}

// scientific appends d.dddddE+xx with at most places digits behind the point.
func (d *decimal) scientific(dst []byte, places int) []byte {
	d.round(places + 1 - d.exp)
	dst = append(dst, d.buf[0])
	if d.n > 1 {
		dst = append(append(dst, '.'), d.buf[1:d.n]...)
	}
	e := d.exp - 1
	dst = append(dst, 'E', '+')
	if e < 0 {
		dst[len(dst)-1] = '-'
		e = -e
	}
	if e < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(e), 10)
}
